"""Exercises run side by side before the pages are read: found again, and a failing one does not hold up the others."""

from book import Book


def three(book: Book, *cells: str) -> Book:
    for place, cell in enumerate(cells):
        book.notebook(f"exercise-{place}", cell)
    return book.page(
        "words", "# Words\n\nA paragraph that is long enough to describe this page."
    ).with_exercises()


def test_every_exercise_has_run_before_its_page_is_read(book):
    built = three(
        book, "print('one' + '-told')", "print('two' + '-told')", "print('three' + '-told')"
    ).build(quiet=False)
    assert built.code == 0, built.said
    assert "Executing notebook" not in built.said
    for place, told in enumerate(("one-told", "two-told", "three-told")):
        assert told in built.page(f"exercises/exercise-{place}")


def test_what_has_run_is_found_again_and_a_changed_one_alone_runs(book):
    three(book, "print('one' + '-told')", "print('two' + '-told')").build(quiet=False)
    book.notebook("exercise-1", "print('new' + '-told')")
    again = book.build(quiet=False)
    assert "exercise 1 of 1: exercise-1" in again.said
    assert "Executing notebook" not in again.said
    assert "new-told" in again.page("exercises/exercise-1")


def test_each_failing_exercise_is_named_and_the_others_are_not_held_up(book):
    built = three(
        book,
        "raise ValueError('first-' + 'wrong')",
        "print('two' + '-told')",
        "raise KeyError('third-' + 'wrong')",
    ).build(quiet=False)
    assert built.code != 0
    for said in ("exercise-0", "first-wrong", "exercise-2", "third-wrong"):
        assert said in built.said
    assert "exercise 1 of 3" in built.said or "exercise 2 of 3" in built.said
