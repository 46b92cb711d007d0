"""What stands on the screen of a notebook: grids, saving, panels."""
