// Run > Run All Cells for those who press it as soon as they see it, and then read from the top.
// Left alone, JupyterLab and Notebook 7 ask for a kernel once a cell, or run nothing and say nothing; and they go to the last cell.
window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB["run-all"] = (() => {
  let shared;

  // All cells were run, and so the notebook stands at its last.
  function toTheTop(first) {
    const notebook = first.parent;
    if (notebook?.widgets?.[0] !== first || notebook.activeCellIndex !== notebook.widgets.length - 1) return;
    notebook.activeCellIndex = 0;
    notebook.scrollToItem(0);
  }

  return {
    init: (modules) => { shared = modules["@jupyterlab/notebook"]; },
    get: async () => {
      const [notebook] = Object.values(shared ?? {});
      const { INotebookCellExecutor, runCell } = notebook ? (await notebook.get())() : {};
      const executor = {
        runCell: async (asked) => {
          setTimeout(() => toTheTop(asked.cell));
          if (asked.cell.model.type === "code") await asked.sessionContext?.ready;
          return asked.cell.isDisposed || runCell(asked); // gone: the empty cell that stands there while a file is read
        },
      };
      return () => ({
        __esModule: true,
        // registered after JupyterLab's own, it takes its place
        default: { id: "partnering:run-all", autoStart: true, activate: () => executor,
          ...(runCell && { provides: INotebookCellExecutor }) }, // in a Jupyter that has neither, it does nothing
      });
    },
  };
})();
