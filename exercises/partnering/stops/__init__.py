"""The exercises: from a partnership to results, a module a stop."""
