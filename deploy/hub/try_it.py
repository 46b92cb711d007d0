"""Try a hub as a room does: several people at once, each with an exercise of their own.

`nox -s hub`, or `python deploy/hub/try_it.py --proxy PROGRAM --users 8`. JupyterHub, its proxy and
one server a person run on this computer. Each person logs in, runs all cells of *3 Risk views*
through the proxy and changes answers; what was shown, how long it took and the
memory of each server are printed. The servers have no walls between them here: for real answers an
organisation takes one of the two kinds of hub in `guide/reference/server.md`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

HERE = Path(__file__).resolve().parent
TICKED = "3-risk-views.ipynb"
OTHERS = ("0-start-here.ipynb", "1-alignment.ipynb", "2-value-exchange.ipynb")
WORDS = ("likely", "possible", "not likely")
PATIENCE = 300  # seconds for a server to start, or for a cell to run
SETTINGS = """
import sys
load_subconfig({recipe!r})
c.Spawner.cmd[0] = {partnering!r}
c.Spawner.cmd += {as_root!r}
c.JupyterHub.spawner_class = "jupyterhub.spawner.SimpleLocalProcessSpawner"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.cookie_secret = {secret!r}
c.ConfigurableHTTPProxy.command = {proxy!r}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.ConfigurableHTTPProxy.should_start = True
c.JupyterHub.cleanup_servers = True
c.JupyterHub.services = [
    dict(name="room", api_token={token!r}),
    dict(
        name="idle",
        command=[sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    ),
]
c.JupyterHub.load_roles = [
    dict(name="room", services=["room"], scopes=["admin:users", "admin:servers", "access:servers"]),
    dict(
        name="idle",
        services=["idle"],
        scopes=["list:users", "read:users:activity", "read:servers", "delete:servers"],
    ),
]
"""


@dataclass
class Person:
    """One who sits in the room, and what happened to them.

    Attributes:
        name: The name with which they log in.
        started, ran: Seconds until their server answers, and until all cells have run.
        ticks: Seconds from each changed answer to the grid that knows of it.
        tables: How many tables were shown.
        errors: What went wrong, in Jupyter's words.
        megabytes: The memory of their server and its kernel, without what others share.
    """

    name: str
    started: float = 0
    ran: float = 0
    ticks: list[float] = field(default_factory=list)
    tables: int = 0
    errors: list[str] = field(default_factory=list)
    megabytes: float = 0


class Hub:
    """A running JupyterHub, and how one asks it."""

    def __init__(self, port: int, token: str):
        self.address, self._token = f"http://127.0.0.1:{port}", token

    async def ask(self, path: str, method: str = "GET", content: Any = None) -> Any:
        """What the hub, or the server of a person, answers.

        Args:
            path: The path after the address of the hub.
            method: The method of the request.
            content: What is sent along, as JSON.

        Raises:
            HTTPClientError: The answer was an error.
        """
        body = None if content is None else json.dumps(content)
        request = HTTPRequest(
            f"{self.address}/{path}",
            method,
            {"Authorization": f"token {self._token}"},
            body,
            allow_nonstandard_methods=True,
            request_timeout=PATIENCE,
        )
        answer = await AsyncHTTPClient().fetch(request)
        return json.loads(answer.body) if answer.body else None

    async def channel(self, path: str) -> WebSocketClientConnection:
        """The channel to a kernel, through the proxy as a browser has it."""
        request = HTTPRequest(
            f"{self.address}/{path}".replace("http:", "ws:"),
            headers={"Authorization": f"token {self._token}"},
        )
        return await websocket_connect(request, max_message_size=100_000_000)


class Kernel:
    """A kernel of a person, and what it has shown so far."""

    def __init__(self, channel: WebSocketClientConnection, session: str, person: Person):
        self._channel, self._session, self._person = channel, session, person
        self.grids: dict[str, dict] = {}  # the state of each grid, by the name of its channel

    async def run(self, code: str) -> None:
        """Run a cell, to its end."""
        sent = await self._send("execute_request", {"code": code, "stop_on_error": False})
        await self._until(
            lambda message: (
                message["msg_type"] == "status"
                and message["parent_header"].get("msg_id") == sent
                and message["content"]["execution_state"] == "idle"
            )
        )

    async def do(self, comm: str, number: int, doing: dict) -> float:
        """Do something in a grid.

        Args:
            comm: The name of the grid's channel.
            number: The number of the doing, counted from 1.
            doing: What is done, as `table_editor.Edit` describes it.

        Returns:
            Seconds until the grid says that it has heard of it.
        """
        grid = self.grids[comm]
        began = time.monotonic()
        doings = [doing | {"place": grid["head"]["place"], "mine": grid["head"]["mine"]}]
        message = {"kind": "do", "number": number, "opened": grid["opened"], "doings": doings}
        await self._say(comm, message)
        await self._until(lambda _: self.grids[comm]["done"] >= number)
        if number in self.grids[comm]["refused"]:
            self._person.errors.append(f"the answer was refused: {doing}")
        return time.monotonic() - began

    async def _say(self, comm: str, content: dict) -> None:
        data = {"method": "custom", "content": content}
        await self._send("comm_msg", {"comm_id": comm, "data": data})

    async def _send(self, kind: str, content: dict) -> str:
        name = uuid.uuid4().hex
        header = {
            "msg_id": name,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "version": "5.3",
            "date": "",
        }
        whole = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
        }
        await self._channel.write_message(json.dumps(whole))
        return name

    async def _until(self, wanted) -> None:
        while True:
            raw = await asyncio.wait_for(self._channel.read_message(), PATIENCE)
            if raw is None:
                raise ConnectionError("the channel to the kernel was closed")
            if isinstance(raw, bytes):  # a message with pictures or files, which we do not read
                continue
            message = json.loads(raw)
            self._look_at(message)
            if wanted(message):
                return

    def _look_at(self, message: dict) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "error":
            self._person.errors.append(f"{content['ename']}: {content['evalue']}")
        elif kind in ("display_data", "execute_result", "update_display_data"):
            self._person.tables += str(content["data"].get("text/html", "")).count("<table")
        elif kind == "comm_open":
            state = content["data"].get("state", {})
            if "shapes" in state:
                self.grids[content["comm_id"]] = state
        elif kind == "comm_msg" and content["comm_id"] in self.grids:
            if content["data"].get("method") == "update":
                self.grids[content["comm_id"]] |= content["data"]["state"]


async def sit_down(hub: Hub, person: Person, others: int, ticks: int) -> None:
    """Let one person log in, run the exercise and change some answers.

    Args:
        hub: The hub.
        person: What happens is written there.
        others: How many more exercises they have open.
        ticks: How many answers they change.
    """
    began = time.monotonic()
    try:
        await hub.ask(f"hub/api/users/{person.name}", "POST")
        await hub.ask(f"hub/api/users/{person.name}/server", "POST", {})
        while (
            not (await hub.ask(f"hub/api/users/{person.name}"))["servers"].get("", {}).get("ready")
        ):
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError("the server did not start")
            await asyncio.sleep(0.5)
        person.started = time.monotonic() - began
        await _exercises(hub, person, others, ticks)
    except (HTTPClientError, OSError, TimeoutError, KeyError) as error:
        person.errors.append(f"{type(error).__name__}: {error}")


async def _exercises(hub: Hub, person: Person, others: int, ticks: int) -> None:
    began = time.monotonic()
    kernel = await _exercise(hub, person, TICKED)
    for name in OTHERS[:others]:
        await _exercise(hub, person, name)
    person.ran = time.monotonic() - began
    comm = next(name for name, grid in kernel.grids.items() if "risk_views" in grid["states"])
    line = kernel.grids[comm]["states"]["risk_views"]["lines"][0]["name"]
    for number in range(1, ticks + 1):
        doing = {"table": "risk_views", "line": line, "set": {"how_likely": WORDS[number % 3]}}
        person.ticks.append(await kernel.do(comm, number, doing))


async def _exercise(hub: Hub, person: Person, name: str) -> Kernel:
    """Open an exercise and run all its cells, as *Run All Cells* does."""
    server = f"user/{person.name}"
    notebook = await hub.ask(f"{server}/api/contents/{name}")
    wanted = {"path": name, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
    session = await hub.ask(f"{server}/api/sessions", "POST", wanted)
    path = f"{server}/api/kernels/{session['kernel']['id']}/channels?session_id={session['id']}"
    kernel = Kernel(await hub.channel(path), session["id"], person)
    for cell in notebook["content"]["cells"]:
        if cell["cell_type"] == "code":
            await kernel.run("".join(cell["source"]))
    return kernel


def memory(home: Path) -> float:
    """The megabytes that some processes have to themselves, with their share of what is common.

    Args:
        home: The folder that these processes, and no others, take for their home.
    """
    total = 0
    for process in psutil.process_iter(["environ"]):
        if (process.info["environ"] or {}).get("HOME") == str(home):
            with contextlib.suppress(psutil.Error):  # it has just ended
                full = process.memory_full_info()
                total += getattr(full, "pss", full.uss)
    return total / 1e6


async def run_room(hub: Hub, people: list[Person], homes: Path, others: int, ticks: int) -> None:
    """Let everybody sit down at once."""
    for _ in range(240):
        try:
            await hub.ask("hub/api/")
            break
        except (HTTPClientError, OSError):
            await asyncio.sleep(0.5)
    await asyncio.gather(*(sit_down(hub, person, others, ticks) for person in people))
    for person in people:
        person.megabytes = memory(homes / person.name)


def main() -> int:
    """Try it, and say what was seen."""
    asked = argparse.ArgumentParser(prog="hub", description="A room of people on one hub.")
    asked.add_argument("--proxy", required=True, help="the program configurable-http-proxy")
    asked.add_argument("--users", type=int, default=8)
    asked.add_argument("--ticks", type=int, default=5, help="how many answers each changes")
    asked.add_argument(
        "--others",
        type=int,
        default=0,
        choices=range(len(OTHERS) + 1),
        help="how many more exercises each has open",
    )
    given = asked.parse_args()
    people = [Person(f"person{number}") for number in range(1, given.users + 1)]
    port, hub_port, api_port = _free_ports(3)
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as place:
        homes = Path(place) / "homes"
        for person in people:
            (homes / person.name).mkdir(parents=True)
        settings = SETTINGS.format(
            recipe=str(HERE / "partnering_hub.py"),
            partnering=str(Path(sys.executable).with_name("partnering")),
            as_root=["--allow-root"] if os.geteuid() == 0 else [],
            homes=str(homes),
            port=port,
            hub_port=hub_port,
            api_port=api_port,
            secret=secrets.token_bytes(32),
            proxy=given.proxy.split(),
            token=token,
        )
        (Path(place) / "settings.py").write_text(settings, encoding="utf-8")
        with (Path(place) / "log").open("w", encoding="utf-8") as log:
            hub = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "--config", f"{place}/settings.py"],
                cwd=place,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"HOME": place},
            )
            try:
                asyncio.run(run_room(Hub(port, token), people, homes, given.others, given.ticks))
                itself = memory(Path(place))
            finally:
                hub.terminate()
                hub.wait(60)
        told = (Path(place) / "log").read_text(encoding="utf-8")
    return _say(people, itself, told)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _say(people: list[Person], hub: float, log: str) -> int:
    """Print what was seen; the exit code is 1 where anything went wrong."""
    for person in people:
        print(
            f"{person.name}: server after {person.started:.0f} s, exercise run in {person.ran:.0f} "
            f"s, {person.tables} tables, {person.megabytes:.0f} MB, {len(person.errors)} errors"
        )
        for error in person.errors:
            print(f"    {error}")
    ticks = [tick for person in people for tick in person.ticks]
    errors = sum(len(person.errors) for person in people)
    refused = [line for line in log.splitlines() if line.startswith("[E ")]
    if ticks:
        print(
            f"{len(people)} people at once: {errors} errors; an answer was in place after "
            f"{1000 * median(ticks):.0f} ms (median), {1000 * max(ticks):.0f} ms (longest)."
        )
    most = max(person.megabytes for person in people)
    print(f"At most {most:.0f} MB a person; {hub:.0f} MB for the hub and its proxy.")
    for line in refused:
        print(line)
    whole = all(person.tables and person.ticks for person in people)
    return 0 if whole and not errors and not refused else 1


if __name__ == "__main__":
    sys.exit(main())
