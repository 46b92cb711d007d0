"""The partnering handbook's tables and exercises: one partnership's data in, worked tables of words out."""
