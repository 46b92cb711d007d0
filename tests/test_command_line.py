"""python -m partnering: what it gives, what it says, and how it ends; never a traceback."""

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from forking import forked
from making import partnership
from partnering import __main__ as command_line
from partnering import many
from partnering.documents import clauses, report_files
from partnering.jupyter import opening
from partnering.storage import folder, paths, workbook

EXERCISES = Path(command_line.__file__).resolve().parents[1]


def asked(*words: object) -> subprocess.CompletedProcess:
    """The command as somebody would type it."""
    return forked("partnering", *words, cwd=EXERCISES)


def network(place: Path, count: int, seed: int = 6) -> Path:
    """Many small partnerships in one folder, from a seed."""
    told = random.Random(seed)
    for number in range(count):
        one = place / f"p{number:03}"
        one.mkdir(parents=True)
        codes = [f"P{at}" for at in range(told.randint(2, 5))]
        (one / "partners.csv").write_text(
            "partner,name\n" + "".join(f"{code},House {code}\n" for code in codes), "utf-8"
        )
        (one / "risks.csv").write_text(
            "risk,type,what_could_happen\nR1,,rain\nR2,,drought\n", "utf-8"
        )
        words = [("not likely", "slows us"), ("likely", "harms us"), ("possible", "little effect")]
        (one / "risk_views.csv").write_text(
            "partner,respondent,risk,how_likely,how_hard_on_us\n"
            + "".join(
                f"{code},,{risk},{','.join(told.choice(words))}\n"
                for code in codes
                for risk in ("R1", "R2")
            ),
            "utf-8",
        )
    return place


def test_a_gap_in_the_codes_is_told_by_check_and_closed_by_recode(tmp_path, capsys):
    place = tmp_path / "ours"
    risks = [
        ("R1", "", "a flood"),
        {"risk": "R2", "what_could_happen": "x", "share": "facilitator only"},
    ]
    p = partnership(
        "ANA BEN",
        risks=[*risks, ("R4", "", "a fire")],
        decisions=[{"stop": "3", "about": "R4", "what_we_decided": "R4: on R4 paper"}],
    )
    folder.write(p, place)
    assert command_line.main(["check", str(place)]) == 0
    told = capsys.readouterr().err
    assert "every cell can be read" in told and "In the codes of Risks there is a gap" in told
    assert f"python -m partnering recode {place}" in told
    assert command_line.main(["recode", str(place)]) == 2
    told = capsys.readouterr().err
    assert "R4 → R2, R2 → R-A" in told and "add --yes" in told
    assert "“R4: on R4 paper” becomes “R2: on R2 paper”." in told
    assert folder.read(place)["risks"]["risk"].tolist() == ["R1", "R2", "R4"]
    assert command_line.main(["recode", str(place), "--yes"]) == 0
    assert "R4 → R2, R2 → R-A" in capsys.readouterr().err
    now = folder.read(place)
    assert now["risks"]["risk"].tolist() == ["R1", "R-A", "R2"]
    assert now["decisions"]["about"].tolist() == ["R2"]
    assert command_line.main(["check", str(place)]) == 0
    assert "there is a gap" not in capsys.readouterr().err
    assert command_line.main(["recode", str(place)]) == 0
    assert "The codes show no gap." in capsys.readouterr().err


@pytest.mark.parametrize("came_from", ["one.xlsx", "nowhere/came.csv"])
def test_a_merge_that_cannot_be_written_whole_writes_nothing(tmp_path, came_from):
    (tmp_path / "back").mkdir()
    workbook.write(folder.read(paths.EXAMPLES / "shade"), tmp_path / "back" / "shade.xlsx")
    told = asked(
        "merge",
        tmp_path / "back",
        "--output",
        tmp_path / "one.xlsx",
        "--came-from",
        tmp_path / came_from,
    )
    assert told.returncode != 0 and "Traceback" not in told.stderr and told.stderr.strip()
    assert [path.name for path in tmp_path.iterdir()] == ["back"]


def test_help_says_what_there_is_and_why_no_table_compares_partnerships():
    told = asked("--help")
    assert told.returncode == 0
    assert "ranks partnerships" in " ".join(told.stdout.split()) and "forget" in told.stdout
    for name in ("new", "check", "show", "merge", "report", "draft", "compare", "forget"):
        assert asked(name, "--help").returncode == 0
    assert "ranks partnerships" in " ".join(asked("report", "--help").stdout.split())


def test_the_parts_that_may_be_left_out_are_those_of_an_agreement():
    assert tuple(clauses.PARTS) == command_line.PARTS


def test_no_word_at_all_opens_the_exercises_in_their_folder(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(
        opening, "open_exercises", lambda home, options: asked.append((home, list(options))) or 0
    )
    assert command_line.main([]) == 0
    assert command_line.main(["open", "--in", str(tmp_path), "--", "--no-browser"]) == 0
    assert asked == [(paths.HOME, []), (tmp_path, ["--no-browser"])]


@pytest.mark.parametrize(
    "words", [("nonsense",), ("check",), ("report", "x", "--stop", "12"), ("forget", "x")]
)
def test_wrong_use_ends_with_two(words, capsys):
    assert command_line.main(list(words)) == 2
    assert "Traceback" not in capsys.readouterr().err


def takes_a_place() -> list[list[str]]:
    """Every way in which a command is given the name of a file or folder, with {} for that name."""
    found = []
    commands = command_line.parser()._subparsers._group_actions[0].choices
    for name, command in commands.items():
        asked = [action for action in command._actions if action.type is not int]
        for action in asked:
            if not action.option_strings and action.metavar not in ("CODE", "OPTION"):
                found.append([name, "{}"])
            elif action.metavar in ("FILE", "FOLDER", "PLACE", "PARTNERSHIP"):
                found.append([name, action.option_strings[0], "{}"])
    return found


def test_a_name_that_no_file_can_have_is_a_sentence_in_every_command(capsys):
    ways = takes_a_place()
    assert {words[0] for words in ways} == set(
        command_line.parser()._subparsers._group_actions[0].choices
    )
    for words in ways:
        for name in ("", "a\0b.xlsx"):
            assert command_line.main([word.format(name) for word in words]) == 2
            told = capsys.readouterr().err
            assert told.startswith("The name ") and told.count("\n") == 1, (words, name)


def test_a_file_to_carry_is_not_written_where_a_folder_is(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    place = str(network(tmp_path, 1) / "p000")
    for out in (".", "/", "..", str(tmp_path)):
        assert command_line.main(["take-home", place, "--output", out]) == 1
        assert "is a folder" in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"p000"}


def test_a_name_that_is_too_long_together_with_its_folders_is_a_sentence(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    network(tmp_path, 1)
    for words in (
        ["report", "p000", "--stop", "4", "--output", "/".join(["x" * 200] * 40)],
        ["merge", "p000", "--output", "x" * 250 + ".xlsx"],
        ["take-home", "p000", "--output", "x" * 250],
        ["new", "x" * 245 + ".xlsx"],  # what is written beside it first is longer still
    ):
        assert command_line.main(words) == 1
        told = capsys.readouterr().err
        assert "too long for this computer" in told and "Error" not in told


def test_what_is_not_there_is_a_sentence_and_ends_with_one(tmp_path, capsys):
    for words in (
        ["check", str(tmp_path / "none")],
        ["show", str(tmp_path / "none")],
        ["report", str(tmp_path / "none")],
        ["forget", str(tmp_path / "none"), "--partner", "ANA"],
    ):
        assert command_line.main(words) == 1
        said = capsys.readouterr()
        assert "nothing at" in said.err and said.out == ""


def test_problems_are_named_and_end_with_one(tmp_path, capsys):
    place = network(tmp_path, 1) / "p000"
    (place / "risk_views.csv").write_text("partner,risk,how_likely\nP0,R1,oftenish\n", "utf-8")
    assert command_line.main(["check", str(place)]) == 1
    assert "oftenish" in capsys.readouterr().err


def test_new_begins_a_workbook_or_a_folder_and_never_writes_over_one(tmp_path, capsys):
    for name in ("ours.xlsx", "ours"):
        assert command_line.main(["new", str(tmp_path / name)]) == 0
        assert folder.open_any(tmp_path / name).problems == []
        assert command_line.main(["new", str(tmp_path / name)]) == 1
    assert "exists already" in capsys.readouterr().err


def test_show_tells_what_the_room_may_see_unless_asked_otherwise(capsys):
    shade = str(paths.EXAMPLES / "shade")
    assert command_line.main(["show", shade, "--stop", "1"]) == 0
    room = capsys.readouterr().out
    assert command_line.main(["show", shade, "--stop", "1", "--mine"]) == 0
    mine = capsys.readouterr().out
    assert "We would leave if" not in room and "We would leave if" in mine


def test_a_report_of_an_example_needs_a_place(tmp_path, capsys):
    shade = str(paths.EXAMPLES / "shade")
    assert command_line.main(["report", shade]) == 1
    assert (
        "--output" in capsys.readouterr().err and not (paths.EXAMPLES / "shade" / "report").exists()
    )
    assert (
        command_line.main(["report", shade, "--output", str(tmp_path / "a" / "b"), "--stop", "3"])
        == 0
    )
    assert {file.name for file in (tmp_path / "a" / "b" / "shade" / "shared").iterdir()} == {
        "report.html",
        "report.docx",
        "tables.xlsx",
    }
    assert not (tmp_path / "a" / "b" / "shade" / "facilitator").exists()


def test_each_of_many_gets_its_report_and_one_that_fails_stops_no_other(tmp_path):
    place = network(tmp_path / "net", 40)
    (place / "p003" / "partners.csv").write_bytes(b"\x00\xff\x00")
    (place / "broken.xlsx").write_bytes(b"PK nothing")
    told = asked("report", place, "--output", tmp_path / "out", "--stop", "4")
    assert told.returncode == 1 and "Traceback" not in told.stderr
    for name in ("report.html", "report.docx", "tables.xlsx"):
        written = {path.parents[1].name for path in (tmp_path / "out").rglob(name)}
        assert {f"p{number:03}" for number in range(40) if number != 3} <= written
    assert "broken.xlsx" in told.stderr
    assert sum("written to" in line for line in told.stderr.splitlines()) == 40


def at_the_same_time(place: Path) -> many.Said:
    """A job that ends when it has seen another one at work."""
    (place.parent / f"{os.getpid()}.at-work").touch()
    until = time.monotonic() + 60
    while len(list(place.parent.glob("*.at-work"))) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    return True, [str(os.getpid())]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="this computer has one core")
def test_several_processes_work_at_the_same_time(tmp_path):
    said = []
    assert (
        many.run(at_the_same_time, [tmp_path / str(number) for number in range(40)], said.append)
        == 0
    )
    assert len(said) == 40 and len(set(said)) > 1 and str(os.getpid()) not in said


def killed(job: str) -> many.Said:
    """A job of which one takes its whole process with it, as a computer without memory does."""
    if job == "5":
        os._exit(9)
    return True, [job]


def test_one_that_takes_its_process_with_it_is_named_and_stops_no_other():
    said = []
    assert many.run(killed, list("123456789"), said.append) == 1
    assert {line[0] for line in said} == set("123456789") and len(said) == 9
    assert [line for line in said if "was not finished" in line] == [
        line for line in said if line.startswith("5 ")
    ]


def test_a_slip_of_the_program_in_one_is_a_sentence(capsys):
    def slip(job):
        raise KeyError(job)

    assert many.run(slip, ["one"], print) == 1
    assert "could not be finished (KeyError)" in capsys.readouterr().out


def test_two_of_one_name_do_not_write_into_one_folder(tmp_path):
    found = [tmp_path / "a" / "same", tmp_path / "b" / "same", tmp_path / "b" / "same-2"]
    outs = [job[1] for job in many.report_jobs(found, tmp_path / "out", ("shared",), ())]
    assert len(set(outs)) == 3


def test_forgetting_everything_has_to_be_meant(tmp_path, capsys):
    place = network(tmp_path, 1) / "p000"
    assert command_line.main(["forget", str(place), "--everything"]) == 2
    assert (place / "partners.csv").exists() and "--yes" in capsys.readouterr().err
    report_files.write(folder.read(place), place / "report", stops=[1])
    before = {file: file.read_bytes() for file in place.rglob("*") if file.is_file()}
    for words, told in (
        (["--row", "risks", "R1"], "gone for good: row R1 in Risks. That is: risk_views.csv"),
        (["--partner", "P0"], "gone for good: all that P0 has answered. That is: risk_views.csv"),
    ):
        assert command_line.main(["forget", str(place), *words]) == 2
        said = capsys.readouterr().err
        assert told in said and "If you want it gone, add --yes." in said
    assert command_line.main(["forget", str(place), "--voice", "P0", "g1"]) == 1
    assert before == {file: file.read_bytes() for file in place.rglob("*") if file.is_file()}
    assert command_line.main(["forget", str(place), "--row", "risks", "R1", "--yes"]) == 0
    assert "rain" not in (place / "risks.csv").read_text("utf-8")
    assert command_line.main(["forget", str(place), "--everything", "--yes"]) == 0
    assert not (place / "partners.csv").exists()


# ------------------------------------------------------------------ many voices


def came_back(place: Path) -> Path:
    """What comes back after a form was sent out: a form tool's CSV file, a workbook, a folder; two of them differ."""
    place.mkdir()
    (place / "responses.csv").write_text(
        "Timestamp,Partner,Our stance [O1],In a few words [O1]\n"
        '9:00,VEC,support it,"=HYPERLINK(""http://x"",""y"")"\n',
        "utf-8",
    )
    asked = paths.EXAMPLES / "shade"
    (place / "base").mkdir()
    for name in ("partners", "objectives"):
        (place / "base" / f"{name}.csv").write_bytes((asked / f"{name}.csv").read_bytes())
    som = partnership(
        positions=[("SOM", "", "O1", "strongly for it", "essential part")],
        purposes=[("SOM", "Shade for all")],
    )
    workbook.write(som, place / "SOM.xlsx")
    folder.write(
        partnership(positions=[("VEC", "", "O1", "cannot accept it", "useful part")]),
        place / "VEC by telephone",
    )
    return place


@pytest.mark.parametrize("name", ["all.xlsx", "all"])
def test_files_that_came_back_become_one_partnership_and_where_two_differ_both_are_named(
    tmp_path, name, capsys
):
    place, out = came_back(tmp_path / "back"), tmp_path / name
    assert (
        command_line.main(
            ["merge", str(place), "--output", str(out), "--came-from", str(tmp_path / "from.csv")]
        )
        == 1
    )
    said = capsys.readouterr()
    assert said.out == ""
    assert (
        "responses.csv, row 2, says “support it”, VEC by telephone, row 2, says “cannot accept "
        "it”. “support it” counts" in said.err
    )
    assert "1 answer was given in two ways" in said.err
    one = folder.open_any(out)
    assert one.problems == [] and len(one["partners"]) == 4
    stances = one["positions"].set_index("partner")["stance"].astype("str")
    assert stances.to_dict() == {"VEC": "support it", "SOM": "strongly for it"}
    assert "HYPERLINK" in " ".join(one["positions"]["in_a_few_words"])
    lines = (tmp_path / "from.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "Table,Row,File" and 'positions,2,"responses.csv, VEC by telephone"' in lines


def test_merging_ends_with_nought_where_nobody_differs_and_never_writes_over_what_is_there(
    tmp_path, capsys
):
    place, out = came_back(tmp_path / "back"), tmp_path / "all.xlsx"
    (place / "VEC by telephone" / "positions.csv").unlink()
    (place / "VEC by telephone" / "worth.csv").write_text("partner,worth_it\nVEC,yes\n", "utf-8")
    text = (place / "responses.csv").read_text("utf-8").replace("Timestamp,", "")
    (place / "responses.csv").write_text(text.replace("9:00,", ""), "utf-8")
    assert command_line.main(["merge", str(place), "--output", str(out)]) == 0
    first = out.read_bytes()
    there = tmp_path / "from.csv"
    there.write_text("mine", "utf-8")
    for words in (
        (out,),
        (tmp_path / "new.xlsx", "--came-from", there),
        (place / "all.xlsx",),
        (tmp_path / "new.xlsx", "--came-from", place / "from.csv"),
    ):
        assert command_line.main(["merge", str(place), "--output", *map(str, words)]) == 1
    assert out.read_bytes() == first and there.read_text("utf-8") == "mine"
    assert not (tmp_path / "new.xlsx").exists() and not (place / "all.xlsx").exists()
    said = capsys.readouterr().err
    assert "exists already" in said and "is among the files" in said


def test_merging_says_what_cannot_be_read_and_keeps_it_as_it_was_typed(tmp_path, capsys):
    place, out = came_back(tmp_path / "back"), tmp_path / "all"
    (place / "VEC by telephone" / "positions.csv").write_text(
        "objective,our_part\nO1,oftenish\n", "utf-8"
    )
    assert command_line.main(["merge", str(place), "--output", str(out)]) == 1
    assert "oftenish" in capsys.readouterr().err and "oftenish" in (
        out / "positions.csv"
    ).read_text("utf-8")
    assert (
        command_line.main(["merge", str(tmp_path / "none"), "--output", str(tmp_path / "x")]) == 1
    )
    assert command_line.main(["merge", str(place)]) == 2


def test_merging_ends_with_one_where_a_file_was_not_read_or_its_answers_belong_to_nobody(
    tmp_path, capsys
):
    for name, text, told in (
        (
            "form",
            "Zeit,Wer,R1 how probable\n9:00,VEC,likely\n",
            "form.csv: none of its columns is known",
        ),
        (
            "form",
            "Timestamp,Partner,R1 How likely\n9:00,,likely\n",
            "form.csv: whose answers are these?",
        ),
        (
            "form",
            "Timestamp,Partner,O1 Our stance,Why so\n9:00,VEC,support it,Heat\n",
            "form.csv: the column “Why so”",
        ),
    ):
        place = came_back(tmp_path / str(len(told)))
        shutil.rmtree(place / "VEC by telephone")
        (place / f"{name}.csv").write_text(text, "utf-8")
        assert command_line.main(["merge", str(place), "--output", f"{place} all"]) == 1
        assert told in capsys.readouterr().err


def test_a_partnership_is_carried_in_a_locked_file_and_comes_back(tmp_path, monkeypatch, capsys):
    shutil.copytree(paths.EXAMPLES / "shade", tmp_path / "ours")
    typed = iter(
        ["four words or more", "four words or mroe", "four words or more", "four words or more"]
    )
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    asked = ["take-home", str(tmp_path / "ours"), "--lock", "--output", str(tmp_path / "stick")]
    assert command_line.main(asked) == 1 and "not the same" in capsys.readouterr().err
    assert command_line.main(asked) == 0
    file = tmp_path / "stick.partnering"
    assert "It is locked." in capsys.readouterr().err
    back = ["bring-back", str(file), "--output", str(tmp_path / "back")]
    assert command_line.main(back) == 1 and "is locked" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: "four words or more")
    assert command_line.main(back) == 0
    assert folder.read(tmp_path / "back")["risks"].equals(folder.read(tmp_path / "ours")["risks"])
    assert command_line.main(["give", str(tmp_path / "ours"), "NOBODY"]) == 1
    assert "There is no partner “NOBODY” here" in capsys.readouterr().err
