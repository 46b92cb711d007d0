/* Puts a page first whose keywords hold every word of the question; Sphinx's own scores decide the rest. */
var Scorer = (() => {
  const keywords = /*KEYWORDS*/;
  const split = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  // "grants" asks for "grant", and "agreed" for "agreement": the same beginning, an ending apart
  const same = (one, other) => {
    const [short, long] = one.length < other.length ? [one, other] : [other, one];
    return long === short || (short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3);
  };
  const asked = split(new URLSearchParams(location.search).get("q") || "");
  // a single keyword that is the question itself counts most, then the shortest phrase that holds it
  const bonus = (phrases) => Math.max(0, ...phrases.map((phrase) => {
    const words = split(phrase);
    return asked.length && asked.every((word) => words.some((one) => same(one, word)))
      ? 100 + Math.round((100 * asked.length) / words.length) : 0;
  }));
  const bonuses = Object.fromEntries(Object.entries(keywords).map(([page, phrases]) => [page, bonus(phrases)]));
  return {
    score: ([page, , anchor, , score]) => (anchor ? score : score + (bonuses[page] || 0)),
    objNameMatch: 11,
    objPartialMatch: 6,
    objPrio: { 0: 15, 1: 5, 2: -5 },
    objPrioDefault: 0,
    title: 15,
    partialTitle: 7,
    term: 5,
    partialTerm: 2,
  };
})();
