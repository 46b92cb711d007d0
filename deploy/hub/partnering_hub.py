"""What a JupyterHub is told so that each person who logs in gets the exercises.

The Littlest JupyterHub reads it from /opt/tljh/config/jupyterhub_config.d; any other hub reads it
with `load_subconfig`. `guide/reference/server.md` says how, and what a server means for answers.
"""

c = get_config()  # type: ignore[name-defined]  # noqa: F821  JupyterHub puts get_config here

# `partnering open` lays the exercises into the person's own folder and becomes their server.
c.Spawner.cmd = ["partnering", "open", "--", "--ServerApp.terminals_enabled=False"]
c.Spawner.environment = {"PARTNERING_HOME": "~/partnering"}
c.Spawner.default_url = "/lab/tree/0-start-here.ipynb"
c.Spawner.start_timeout = 120
