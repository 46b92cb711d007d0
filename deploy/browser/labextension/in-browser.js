// Opens an exercise in the browser: runs it, says what is happening, keeps outputs out of what is stored,
// says where answers are, and takes them home as one file.
window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB["partnering-browser"] = (() => {
  let shared;
  const WORDS = {
    page: "The exercise is here. Python is being fetched: about {mb} MB the first time, then this browser keeps it.",
    cells: "Python is ready. The tables are being made: {done} of {all}.",
    slow: "This takes longer than it should. Look whether there is a network, then load the page again. Nothing of yours is lost.",
    where: "What you type stays in this browser, on this computer. Nothing is sent. Whoever clears the browser's data deletes it: take it home as a file.",
    take: "Take it home as a file",
    bring: "Bring a file back",
    anew: "Run the exercise again",
    busy: "Python is busy. Your click is done as soon as it is free.",
  };
  const PATIENCE = 180000; // milliseconds until it is said that something is wrong
  const GREETING = "from partnering.jupyter import in_browser";

  function bar() {
    const box = document.createElement("div");
    box.id = "partnering-bar";
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    const progress = document.createElement("progress");
    const buttons = document.createElement("span");
    const file = Object.assign(document.createElement("input"), { type: "file", accept: ".partnering", hidden: true });
    const button = (label, click) => {
      const made = Object.assign(document.createElement("button"), { textContent: label, disabled: true });
      made.addEventListener("click", click);
      buttons.append(made);
      return made;
    };
    box.append(said, progress, buttons, file);
    document.body.prepend(box);
    const style = document.createElement("style");
    style.textContent = `
      * { animation: none !important; }
      body { display: flex; flex-direction: column; height: 100vh; }
      #partnering-bar { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding: 6px 16px;
        font: 14px/1.4 system-ui, sans-serif; background: #fff8e1; color: #222; border-bottom: 1px solid #8a6d00; }
      #partnering-bar p { margin: 0; flex: 1 1 22em; } #partnering-bar progress { flex: 0 1 12em; }
      #partnering-bar button { font: inherit; padding: 4px 10px; margin: 0 6px 0 0; min-height: 32px; }
      #jp-NotebookLogo { visibility: hidden; } /* it leads to a page that is not there */
      #main { position: relative !important; flex: 1; min-height: 0; height: auto !important; }`;
    document.head.append(style);
    return {
      say: (text) => { said.textContent = text; },
      done: (value, max) => {
        progress.hidden = value === max && max > 0;
        progress.max = max || 1; // something that moves all the time would take a part of the processor
        progress.value = value;
      },
      button, file,
    };
  }

  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

  // A link to another exercise opens it here; JupyterLite would look for a page that this edition has not.
  function openExercise(event) {
    const link = event.target.closest?.("a[href$='.ipynb']");
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.open(`${location.pathname}?path=${link.getAttribute("href").split("/").pop()}`);
  }

  function keep(name, data) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data]));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // What is stored of a notebook never holds what stood on the screen; one that nobody changed is not stored.
  function withoutOutputs(contents, changed) {
    const save = contents.save.bind(contents);
    contents.save = async (path, options = {}) => {
      // What came back and is only read, in a folder that goes again, is no answer typed here.
      if (/^my-partnerships\/(?!\.~came-).*\.(csv|json|xlsx)$/.test(path.replace(/^.*:/, ""))) changed();
      if (options.type !== "notebook" || !options.content?.cells) return save(path, options);
      const content = JSON.parse(JSON.stringify(options.content));
      delete content.metadata?.widgets;
      for (const cell of content.cells) {
        if (cell.cell_type === "code") { cell.outputs = []; cell.execution_count = null; }
      }
      const says = (notebook) => JSON.stringify(notebook.cells.map((cell) => [cell.cell_type, [].concat(cell.source).join("")]));
      const there = await contents.get(path, { content: true }).catch(() => null);
      if (there?.content?.cells && says(there.content) === says(content)) return { ...there, content: options.content };
      return save(path, { ...options, content });
    };
  }

  const keepAll = () => navigator.serviceWorker?.ready.then((there) => there.active.postMessage("keep"));

  async function answered(kernel, code) {
    const future = kernel.requestExecute({ code, silent: true, store_history: false });
    return future.done;
  }

  function activate(app, tracker) {
    const screen = bar();
    let untaken = false, comm, current, waiting;
    withoutOutputs(app.serviceManager.contents, () => { untaken = true; });
    screen.say(WORDS.page);
    screen.done(0, 0);

    const send = (message) => { if (comm && !comm.isDisposed) comm.send(message); };
    const buttons = [
      screen.button(WORDS.take, () => { screen.say(WORDS.busy); send({ kind: "take-home" }); }),
      screen.button(WORDS.bring, () => screen.file.click()),
      screen.button(WORDS.anew, () => current && begin(current)),
    ];
    screen.file.addEventListener("change", async () => {
      const [file] = screen.file.files;
      if (!file) return;
      const data = new Uint8Array(await file.arrayBuffer());
      let text = "";
      for (let at = 0; at < data.length; at += 30000) text += String.fromCharCode(...data.subarray(at, at + 30000));
      screen.say(WORDS.busy);
      send({ kind: "bring-back", name: file.name, data: btoa(text) });
      screen.file.value = "";
    });

    function heard(message) {
      const told = message.content.data;
      if (told.kind === "file") { keep(told.name, bytes(told.data)); if (told.home) untaken = false; }
      if (told.sentences) screen.say(told.sentences.join(" "));
    }

    async function greet(kernel) {
      await answered(kernel, GREETING);
      comm = kernel.createComm("partnering");
      comm.onMsg = heard;
      await comm.open({}).done;
    }

    async function begin(panel) {
      current = panel;
      clearTimeout(waiting);
      waiting = setTimeout(() => screen.say(WORDS.slow), PATIENCE);
      await panel.context.ready;
      await panel.sessionContext.ready;
      const kernel = panel.sessionContext.session?.kernel;
      if (!kernel) return;
      buttons.forEach((one) => { one.disabled = true; });
      await greet(kernel);
      const cells = panel.content.widgets.map((one) => one.model).filter((one) => one.type === "code");
      let seen = 0;
      const count = () => {
        seen = cells.filter((one) => one.executionCount != null).length;
        screen.say(WORDS.cells.replace("{done}", seen).replace("{all}", cells.length));
        screen.done(seen, cells.length);
      };
      const looking = setInterval(count, 300);
      await app.commands.execute("notebook:run-all-cells");
      clearInterval(looking);
      clearTimeout(waiting);
      screen.done(1, 1);
      screen.say(WORDS.where);
      buttons.forEach((one) => { one.disabled = false; });
      panel.content.activeCellIndex = 0;
      setTimeout(() => panel.content.scrollToItem(0), 100); // after the notebook has gone to its last cell
      document.body.dataset.partnering = "ready";
      keepAll(); // once people wait for nothing
      panel.sessionContext.statusChanged.connect((_, status) => {
        if (status === "restarting" || status === "autorestarting") comm = undefined;
      });
    }

    const opened = (panel) => begin(panel).catch(() => screen.say(WORDS.slow));
    if (tracker.currentWidget) opened(tracker.currentWidget);
    tracker.widgetAdded.connect((_, panel) => opened(panel));
    navigator.serviceWorker?.addEventListener("message", (message) => {
      if (message.data === "kept") document.body.dataset.kept = "all"; // from now on it opens without a network
    });
    navigator.serviceWorker?.addEventListener("controllerchange", () => { // a newer edition has taken over
      if (document.body.dataset.partnering === "ready") keepAll();
    });
    document.addEventListener("click", openExercise, true);
    window.addEventListener("focus", () => send({ kind: "look" }));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) send({ kind: "look" }); });
    window.addEventListener("beforeunload", (leaving) => { if (untaken) leaving.preventDefault(); });
  }

  return {
    init: (modules) => { shared = modules["@jupyterlab/notebook"]; },
    get: async () => {
      const [notebook] = Object.values(shared ?? {});
      const { INotebookTracker } = (await notebook.get())();
      return () => ({
        __esModule: true,
        default: { id: "partnering:in-browser", autoStart: true, requires: [INotebookTracker], activate },
      });
    },
  };
})();
