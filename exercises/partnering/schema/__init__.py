"""What may be typed: kinds of columns, scales, tables, and how typed text is checked."""
