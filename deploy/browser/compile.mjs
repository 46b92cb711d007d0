// Compiles the modules in a folder, with the Python that will run them; so no reader's browser has to.
// node compile.mjs PYODIDE FOLDER
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [, , pyodide, folder] = process.argv;
const { loadPyodide } = await import(pathToFileURL(resolve(pyodide, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: resolve(pyodide) + "/" });
python.mountNodeFS("/made", resolve(folder));
python.runPython(`
import pathlib, py_compile
# beside its module, in its place: nothing is looked up, nothing is compared with a source
for path in sorted(pathlib.Path("/made").rglob("*.py")):
    group, _, module = path.relative_to("/made").as_posix().partition("/")
    name = ("/lib/python314.zip/" if group == "python_stdlib" else "/lib/python3.14/site-packages/") + module
    py_compile.compile(path, str(path) + "c", dfile=name, doraise=True,
                       optimize=2 if group in ("numpy", "pandas") else 0,  # without their long descriptions
                       invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    path.unlink()
`);
