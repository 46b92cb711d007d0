"""Files: folders of CSV files, workbooks, versions, forgetting."""
