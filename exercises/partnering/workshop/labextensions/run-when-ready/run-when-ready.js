// A cell that is run before its kernel is there waits for it. Left alone, JupyterLab and Notebook 7 ask for a kernel
// once a cell, or run nothing and say nothing: hard on those who press Run All Cells as soon as they see it.
window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB["run-when-ready"] = (() => {
  let shared;
  return {
    init: (modules) => { shared = modules["@jupyterlab/notebook"]; },
    get: async () => {
      const [notebook] = Object.values(shared ?? {});
      const { INotebookCellExecutor, runCell } = notebook ? (await notebook.get())() : {};
      const executor = {
        runCell: async (asked) => {
          if (asked.cell.model.type === "code") await asked.sessionContext?.ready;
          return asked.cell.isDisposed || runCell(asked); // gone: the empty cell that stands there while a file is read
        },
      };
      return () => ({
        __esModule: true,
        // registered after JupyterLab's own, it takes its place
        default: { id: "partnering:run-when-ready", autoStart: true, activate: () => executor,
          ...(runCell && { provides: INotebookCellExecutor }) }, // in a Jupyter that has neither, it does nothing
      });
    },
  };
})();
