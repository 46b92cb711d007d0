"""Reports, drafts of agreements, and the Word and HTML files that hold them."""
