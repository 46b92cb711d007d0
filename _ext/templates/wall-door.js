/* Opens the wall of an exercise over the whole screen; without this script the link leads to its page. */
document.querySelectorAll("a.wall-door").forEach((door) => {
  door.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const others = [...document.body.children].filter((one) => !one.inert);
    const room = document.createElement("div");
    room.className = "wall-room";
    const frame = document.createElement("iframe");
    frame.src = door.href;
    frame.title = door.textContent;
    frame.allow = "fullscreen";
    frame.onload = () => frame.focus();
    room.append(frame);
    document.body.append(room);
    others.forEach((one) => { one.inert = true; });
    const stop = new AbortController();
    const leave = () => {
      stop.abort();
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
      others.forEach((one) => { one.inert = false; });
      room.remove();
      door.focus();
    };
    let byKey = false;
    const turn = () => {
      byKey = true;
      const done = document.fullscreenElement ? document.exitFullscreen() : room.requestFullscreen?.();
      Promise.resolve(done).catch(() => { byKey = false; });
    };
    addEventListener("message", (told) => {
      if (told.source !== frame.contentWindow) return;
      if (told.data === "partnering-wall-left") leave();
      if (told.data === "partnering-wall-full") turn();
    }, { signal: stop.signal });
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement && !byKey) leave();
      byKey = false;
    }, { signal: stop.signal });
    addEventListener("keydown", (key) => { if (key.key === "Escape") leave(); }, { signal: stop.signal });
    turn();
  });
});
