"""The handbook as Sphinx builds it."""

import hashlib
import os
import sys
import tomllib
from importlib.metadata import version as version_of
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "_ext"), str(ROOT / "exercises")]

# Whatever partnership somebody has chosen on this computer, the handbook shows the examples.
os.environ["PARTNERING_PARTNERSHIP"] = "shade"

project = "Partnering: a working handbook"
author = "The handbook's authors"
copyright = "CC BY 4.0 (text), MIT (code)"
language = "en"
html_short_title = "Partnering"

# Where the site and its sources are published: one setting, empty where nobody has said it.
handbook_repository = os.environ.get("GITHUB_REPOSITORY", "")
_owner, _, _name = handbook_repository.partition("/")
handbook_address = os.environ.get("PARTNERING_ADDRESS", "")
if _name and not handbook_address:
    handbook_address = f"https://{_owner.lower()}.github.io/{_name}/"
html_baseurl = handbook_address
html_context = {"handbook_repository": handbook_repository}
_project = ROOT / "pyproject.toml"
if _project.exists():
    version = release = tomllib.loads(_project.read_text("utf-8"))["project"]["version"]
html_last_updated_fmt = "%Y-%m-%d"

extensions = [
    "myst_nb",
    "run_exercises",
    "session_plan",
    "undertaking_page",
    "worked",
    "reference",
    "rules",
    "commands",
    "agenda",
    "built",
    "get_handbook",
    "site_frame",
    "site_pages",
    "tour_path",
    "look_colours",
    "shown_once",
    "search_first",
    "wall_pages",
    "printed",
]
if handbook_address:  # without one, neither a list of pages nor a page for lost readers holds
    extensions += ["sphinx_sitemap", "notfound.extension", "preview_card"]
    sitemap_url_scheme = "{link}"
    sitemap_show_lastmod = False
    notfound_urls_prefix = urlsplit(handbook_address).path
    _ways = (
        ("index.html", "The seven stops"),
        ("guide/where-does-it-hurt.html", "Where does it hurt?"),
        ("guide/print.html", "The book and every form"),
    )
    _links = (f'<li><a href="{notfound_urls_prefix}{at}">{said}</a></li>' for at, said in _ways)
    notfound_context = {
        "title": "This page is not here",
        "body": "<h1>This page is not here</h1><p>Perhaps it has another name now. Search for a "
        f"word above, or begin here:</p><ul>{''.join(_links)}</ul>",
    }
exclude_patterns = [
    "_build",
    ".*",
    "_ext",
    "_static",
    "deploy",
    "tests",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE-text.md",
    "**/.ipynb_checkpoints",
    "exercises/my-partnerships",
    "exercises/partnering",
    "exercises/examples",
]
gettext_compact = False
locale_dirs = ["_ext/locale"]
nitpicky = True

myst_enable_extensions = [
    "colon_fence",
    "deflist",
    "fieldlist",
    "attrs_block",
    "attrs_inline",
    "substitution",
]
myst_heading_anchors = 3


def _digest() -> str:
    """What results depend on beside the notebooks: it keeps old numbers out of the cache."""
    digest = hashlib.sha256(sys.version.encode())
    for name in ("pandas", "numpy", "ipykernel", "myst-nb"):
        digest.update(version_of(name).encode())
    for path in sorted((ROOT / "exercises").rglob("*")):
        inside = path.relative_to(ROOT / "exercises").parts
        if (
            path.is_file()
            and inside[0] in ("partnering", "examples")
            and not {"__pycache__", "print"} & set(inside)
        ):
            digest.update("/".join(inside).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


# Kernels run without the start-up files of whoever builds, and without a line about
# eavesdropping, which frightens.
_profile = ROOT / "_build" / "ipython" / "profile_default"
_profile.mkdir(parents=True, exist_ok=True)
(_profile / "ipython_kernel_config.py").write_text(
    "c.IPKernelApp.log_level = 40\n", encoding="utf-8"
)
os.environ["IPYTHONDIR"] = str(_profile.parent)

nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "_build" / "notebooks" / _digest())
nb_execution_timeout = 120
nb_execution_show_tb = True
nb_merge_streams = True
# A page must not load a widget's scripts from the network; the result's HTML says the same.
nb_ipywidgets_js = {}
nb_mime_priority_overrides = [
    ("html", "text/html", 0),
    ("gettext", "text/plain", 0),
]
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"

templates_path = ["_ext/templates"]
html_theme = "basic"  # nothing of it is shown: templates/layout.html is the frame
html_title = project
html_static_path = ["_static"]
html_css_files = ["handbook.css"]
html_favicon = "_static/favicon.svg"
html_copy_source = False  # a copied notebook would carry whatever somebody saved in it
html_show_sourcelink = False
html_show_search_summary = (
    False  # summaries are fetched, which a page opened from a memory stick may not do
)
html_use_index = False
html_permalinks_icon = "#"
