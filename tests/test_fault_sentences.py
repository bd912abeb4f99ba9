"""Every rule of the tables has a code, and its sentence and fix stand here as they are printed.

Other tests match codes: a sentence may be reworded in the rule and in SENTENCES.
"""

import importlib
import pkgutil

import pytest

from helpers import data, notebook_parameters
from helpers.data import Rule
from helpers.machinery import check
from helpers.machinery.check import exchanged_or_mistyped_cells
from helpers.machinery.check.rule_book import Row
from helpers.machinery.run.errors import Busy, RunError

MODULES = [data, *(
    importlib.import_module(f"{check.__name__}.{module.name}")
    for module in pkgutil.iter_modules(check.__path__)
    if module.name != "fuzz_last_digits"
)]  # fmt: skip
RULES = list(
    {id(each): each for module in MODULES for each in vars(module).values()
     if isinstance(each, Rule)}.values()
)  # fmt: skip
SENTENCES = {
    "accent-apart": ("an accent stands apart from its letter", "Write {composed:.80}"),
    "address-for-title": (
        "an address is no title",
        "Write the title as printed; where it was not read, say what the page is, and so in the"
        " note",
    ),
    "address-login": (
        "the address holds a user name or password",
        "Give the public address, as https://example.org/page",
    ),
    "address-malformed": (
        "no address ({reason})",
        "Give the public address, as https://example.org/page",
    ),
    "address-of-another-day": ("the address has {day}", "Look which of the two is right"),
    "address-scheme": (
        "only http and https addresses can be followed",
        "Give the public address, as https://example.org/page",
    ),
    "address-signs": (
        "no address: a host is missing, or it holds a blank, quote, bracket or backslash",
        "Give the public address, as https://example.org/page",
    ),
    "agency-in-publisher": (
        "the paper passes on the report of {agency}",
        "Name the agency in `quoted_publisher`",
    ),
    "attended-on-another-day": (
        "not the day of {meeting}, {day}",
        "Write {day}, or another meeting",
    ),
    "attested-of-another-state": ("{id} is of another state", "Name attestations of {country}"),
    "attested-outside": (
        "attested, but outside in data/members.csv",
        "Correct one of the two rows",
    ),
    "attested-without-row": (
        "attested, but without a row in data/members.csv",
        "Add one that says its part",
    ),
    "blank-at-end": ("blank at the start or end", "Write {stripped}"),
    "bound-broken": ("{how}", "Look which of the two is right"),
    "borne-out-by-itself": (
        "{publisher} published the row's own source",
        "Name another that says so independently, or write no",
    ),
    "breaks-off": ("breaks off at {word!a}", "Quote to the end of the phrase"),
    "cell-alone": ("filled, but {needed} is empty", "Are two columns exchanged?"),
    "cell-count": (
        "{cells} cells where the header has {columns}",
        "Quote a cell that holds a comma; delete blank lines",
    ),
    "cell-fault": ("{note}", "See data/README.md"),
    "cell-required": ("the cell must not be empty", "Fill in: {description}"),
    "cells-disagree": (
        "{column} is {value!a}, which goes with {wanted}",
        "Look which of the two is right",
    ),
    "choice-unknown": ("the rule of {claim} leaves no such choice", "{hint}"),
    "choice-without-rows": (
        "no row says what {choice} may mean in {claim}",
        "Add one of {options}",
    ),
    "claim-not-judged": (
        "no cell of notebooks/{notebook}.ipynb judges it",
        'Add a cell with claims.judge("{id}", world) there, or name the notebook that has one',
    ),
    "claim-without-notebook": ("no such notebook in notebooks/scenarios.yml", "{hint}"),
    "claim-without-rule": (
        "no rule judges it",
        "Write one in helpers/claims/rules, or take the claim back",
    ),
    "column-missing": ("missing column", "Add it, empty where unknown"),
    "column-twice": ("the column stands twice", "Keep one of them"),
    "column-unknown": ("unknown column", "{hint}"),
    "column-unnamed": (
        "a column without a name",
        "Delete it: a spreadsheet may have left an empty last column",
    ),
    "contract-fault": ("{note}", "Mend the contract or restore it with git"),
    "contract-lacks": ("the contract lacks the {what}", "Restore it with git"),
    "contract-malformed": (
        "not a Data Package in UTF-8 with named resources",
        "Restore it with git",
    ),
    "contract-not-json": ("not JSON ({reason})", "Mend the line or restore the file with git"),
    "contract-unreadable": ("the contract cannot be read ({reason})", "Restore it with git"),
    "count-and-deliveries": (
        "{number} delivered by {day}, as data/deliveries.csv has it",
        "Correct one of the two rows, or set `rank` to rival in this one",
    ),
    "date-after-source": (
        "after {source} {what}, {day}",
        "Look which is right; what lies ahead belongs in a column that the contract calls planned",
    ),
    "date-order": ("before {column}, {earlier}", "Look which of the two is right"),
    "date-too-early": ("before 1900", "Look for a mistyped year"),
    "day-in-no-words": (
        "{day} stands in no words of {places}",
        "Look at the source again. If the row is right as it is, add its id to the list `but`,"
        " which stands under `day_in` of this column in data/datapackage.json",
    ),
    "day-not-told": (
        "the row does not say how the day is known",
        "Name the day in `follows` or the note; where the page names none, write `Day of the"
        " page.`",
    ),
    "delivered-unordered": (
        "{delivered} aircraft delivered and {ordered} ordered",
        "Add the order, or drop the delivery",
    ),
    "delivery-missing": (
        "number {number} of the fleet is missing",
        "Number deliveries from 1 without a gap",
    ),
    "delivery-order": ("before number {number}, {day}", "Number deliveries in order of date"),
    "derived-from-itself": ("derived from itself", "Name the rows it is computed from"),
    "derived-without-inputs": ("derived from rows that are not named", "{hint}"),
    "directory-total-default": (
        "a directory total is no fleet: beside its parts it would be counted twice",
        "Rank it rival",
    ),
    "does-not-follow": (
        "stands neither in the quotation nor in `follows`, and is no sum, difference, product,"
        " quotient or middle of numbers that do",
        "Look at the source again, and write the reckoning in `follows`: 24 + 62",
    ),
    "edition-too-early": (
        "before the time that {edition} names",
        "An edition is named by the year or month that it shows",
    ),
    "end-alone": (
        "the {end} end of a range without the other, and no words right beside it say so, as"
        " '{word}' would",
        "Are two columns exchanged? Quote the words that say so too. If the row is right as it is,"
        " add its id to the list `but`, which stands under `alone` of this column in"
        " data/datapackage.json",
    ),
    "end-as-value": (
        "the words beside it make it the {end} end of a range",
        "Put it under `{column}`. If the row is right as it is, add its id to the list `but`, which"
        " stands under `exact` of this column in data/datapackage.json",
    ),
    "excused": (
        "datapackage.json excuses the row from `{form}`, and it needs no excuse",
        "Are two columns exchanged? Else take its id out of the list `but`, which stands under"
        " `{form}` of this column in data/datapackage.json",
    ),
    "left-out": ("{id} is left out: {why}", "{fix}"),
    "name-of-another-id": (
        "the id {id!a} has neither {part!a} nor its initials",
        "Look which of the two is right",
    ),
    "named-less": (
        "{id} before the first hyphen and the host of {address} name {other} as well",
        "Are two columns exchanged? If the row is right as it is, add"
        " the name with the beginning of the id to `as`, which stands under `named_in` of this"
        " column in data/datapackage.json",
    ),
    "names-what-it-lacks": (
        "{found!a}, where the column has {what}",
        "Are two columns exchanged? Else reword it",
    ),
    "no-witness": (
        "data/{table}.csv has nothing ({wanted}) from {first} to {last}",
        "Look which is right: add the row, or leave the cell empty",
    ),
    "none-of-these": (
        "{part!a} stands in no row of {column}, and is not listed beside them",
        "{hint}. What is right is added to `also`, which stands under `each_of` of this column in"
        " data/datapackage.json",
    ),
    "not-alike": (
        "no row with {by} {value} lists {one}, as this one does",
        "Add it to the row that it was taken out of, or take it out here",
    ),
    "the-same": ("the same as {column}", "Look which of the two is right"),
    "end-not-quoted": (
        "neither quoted nor a sum of what is, '{words:.60}'",
        "Look at the source again, or say in `follows` how it follows",
    ),
    "file-not-utf-8": ("the file is not UTF-8", "Save it as 'CSV UTF-8', comma separated"),
    "entered-without-number": (
        "empty, where it was entered a second time as {value}, in the list `again` of this column"
        " in data/{contract}",
        "Fill the cell, or take {id} out of that list",
    ),
    "falls": (
        "{column} falls from {more} in line {line} to {less}",
        "Look which of the two is right",
    ),
    "file-too-large": (
        "the file is larger than the limit of {limit:,} bytes",
        "Split it or look for a pasted file",
    ),
    "file-unreadable": ("the file cannot be read ({reason})", "Restore it with git"),
    "file-utf-16": ("the file is UTF-16", "Save it as 'CSV UTF-8', comma separated"),
    "fleet-two-names": (
        "of the same operator, service and type as fleet {fleet!a} in line {line}",
        "Write {fleet}, or tell the two apart by service or type",
    ),
    "fleet-unknown": ("no such fleet in data/capabilities.csv", "{hint}"),
    "foreign-letter": (
        "{letter} looks like a letter of ours",
        "Type the word again on a Latin keyboard",
    ),
    "formula": (
        "a spreadsheet would run the cell as a formula",
        "Begin it with a word or a quotation mark",
    ),
    "header-missing": (
        "no header",
        "The first line names the columns; an empty file is not 'zero': restore it",
    ),
    "headline-as-page": (
        "{source} shows addresses alone, and the words do not say so",
        "Begin them with `By headlines alone`",
    ),
    "id-in-two-rows": (
        "the id stands twice, first in data/{table}.csv:{line}",
        "Give each row its own",
    ),
    "id-of-another-day": (
        "{how}",
        "Write {day}. If the date was corrected and the id is out already, add it to `but`, which"
        " stands under `id` of this table in data/datapackage.json, with the new date and the"
        " reason",
    ),
    "id-of-another-row": ("the id {id!a} is of another {name}", "Look which of the two is right"),
    "id-twice": ("the id stands twice", "Give each row its own"),
    "ids-apart": ("other rows with {part!a} in their id have {meant!a}", "Look which is right"),
    "ids-spacing": ("ids not separated by single spaces", "Write {ids}"),
    "ids-twice": ("{id} stands twice", "Name each once"),
    "interview-elsewhere": (
        "the words were first said to {outlet}",
        "Grade the row secondary and name {outlet} in `quoted_publisher` of {source}",
    ),
    "invisible-character": (
        "invisible character U+{code:04X}",
        "Delete it, or type the text again",
    ),
    "jump": (
        "{was} on {day}, in line {line}: more than {factor} times apart",
        "Look at the source again; what is true says why in the note, `{jump}: …`",
    ),
    "launched-as-in-use": (
        "counted from its launch, and no lower end leaves it out",
        "Write how many were in use before it",
    ),
    "lengths": (
        "{own} letters, and the cell under {column} has {others}: the one under {name} must {be}"
        " the shorter of the two{listed}",
        "Are two columns exchanged? If the row is right as it is, {do} the list `but`, which stands"
        " under `shorter` of this column in data/datapackage.json",
    ),
    "log-id": ("not verdict/claim/date", "Write {wanted}"),
    "log-order": ("before the line above of its claim", "Add lines at the end"),
    "log-previous": ("the line before says {verdict}", "Write that, or mend the order"),
    "log-same": ("the verdict was that already", "Take the line back"),
    "mark-of-another": (
        "the locator {has} '{mark}', by which {source} is known",
        "Look which source it is, or mend `marks` in datapackage.json",
    ),
    "member-since": ("the earliest attestation named is of {day}", "{hint}"),
    "member-unattested": (
        "a member without an attestation of its part",
        "Name one, or make part outside",
    ),
    "merge-markers": ("merge markers are left in the file", "Settle the merge first"),
    "mixed-letters": (
        "letters of {letters} in one word, {word!a}",
        "Type the word again on a Latin keyboard",
    ),
    "name-alike": ("looks like another name of this column", "Write {meant}"),
    "name-of-another-column": ("other rows have it in {other}", "Are two columns exchanged?"),
    "no-jump": (
        "speaks of a '{jump}' that the rows do not have",
        "Look at both numbers again, or delete the sentence",
    ),
    "no-limits": (
        "nothing says how large {kind} can be",
        "Look whether {kind} is right; a new one gets its `limits` in datapackage.json",
    ),
    "no-such-date": ("no such date", "Write YYYY, YYYY-MM or YYYY-MM-DD, as exact as known"),
    "no-such-party": (
        "{id} is no {kind}{also} and cannot play this part",
        "Name the {kind}s themselves",
    ),
    "no-such-row": ("no row {id} in data/{table}.csv", "{hint}"),
    "not-a-number": (
        "not a plain finite number",
        "Digits only, a point for decimals; empty where unknown",
    ),
    "not-a-whole-number": (
        "not a whole number",
        "Digits only, a point for decimals; empty where unknown",
    ),
    "not-allowed": ("not an allowed value", "{hint}"),
    "not-csv": ("not readable as CSV ({reason})", "{hint}"),
    "not-entered-twice": (
        "{entered}",
        "Look at the source again. A number that is right stands in {words}; where no words hold"
        " it, it is entered a second time, so that a slip shows: {do} {entry} in the list `again`"
        " of this column in data/datapackage.json",
    ),
    "not-exactly": (
        "datapackage.json {lists} the row under {value!a}",
        "Look at the source again; what is right stands under `exactly` of this column in "
        "datapackage.json",
    ),
    "not-listed": (
        "not among those that datapackage.json lists",
        "Look at the source again; a new one is added to the list first",
    ),
    "not-named": (
        "neither a word of this name nor its initials stand in {id} before the first hyphen or in"
        " the host of {address}, and {id} does not begin with that host, as gov-pl-",
        "Are two columns exchanged? If the row is right as it is, add"
        " the name with the beginning of the id to `as`, which stands under `named_in` of this"
        " column in data/datapackage.json",
    ),
    "not-recalled": (
        "{source} is {some}the source of what is recalled, and the grade is {grade}",
        "Look at both. If the row is right as it is, add its id to the list `but`, which stands"
        " under `recalled` of this table in data/datapackage.json",
    ),
    "not-spelled": (
        "does not stand in {places}",
        "Look which of the two is right; what stands in no words is listed under "
        "`spelled` in datapackage.json",
    ),
    "not-said": ("nothing in {places} says so, '{words:.60}'", "{fix}"),
    "not-unique": ("the same {columns} as in line {line}", "One fact is one row: keep one of them"),
    "not-whole": ("a fraction of what is counted", "Look at the source again: the unit"),
    "odd-blank": (
        "a blank or hyphen that is none of the keyboard's, U+{sign:04X}",
        "Type a plain one",
    ),
    "option-unknown": ("the rule of {claim} knows no such option of {choice}", "{hint}"),
    "option-without-row": (
        "no row says what option {option} of {choice} means in {claim}",
        "Add the row {claim}/{choice}/{option}, or drop the option from the rule",
    ),
    "order-of-columns": (
        "{than} than {column}, {other}, and datapackage.json {listed}",
        "Are two columns exchanged? Else {mend} the list `but`, which stands under `at_least` of"
        " this column in data/datapackage.json",
    ),
    "otherwise-written": (
        "not written as it must be here: {what}",
        "Are two columns exchanged? Else mend it",
    ),
    "out-of-bounds": ("{constraint} is {limit}", "Look at the source again; empty where unknown"),
    "out-of-limits": (
        "no {kind} is outside {least} to {most}",
        "Look at the source again: thousands, pounds or per cent? What is true widens the limits in"
        " datapackage.json",
    ),
    "owners-not-pooled": (
        "owners of a fleet that is {owner_kind}",
        "Empty it, or make owner_kind pooled",
    ),
    "parameter-negative": ("less than 0", "Look at the source again; empty where unknown"),
    "parameter-twice": (
        "{symbol} of {case} as in line {line}",
        "Keep one; give its range in low and high",
    ),
    "parts-above": (
        "the parts come to {sum}, the whole in line {line} is {whole}",
        "Look which of the two is right",
    ),
    "party-ruled-out": ("{id} cannot play this part", "Look at the source again"),
    "quotation-lacks-value": (
        "does not stand in the words quoted, '{words:.60}'",
        "Look at the source again, or say in `follows` how it follows",
    ),
    "quotation-long": ("more than 25 words", "Quote the words that hold the value alone"),
    "quoted-of-another": (
        "line {line} quotes the same words of {other}",
        "Look which of the two is right; if both are right, list the row under `one_source` in "
        "datapackage.json",
    ),
    "range-order": ("{one} {less} is more than {other} {more}", "Order them low, value, high"),
    "range-wide": (
        "{high} is more than {widest} times {low}",
        "Look at the source again: the unit of the two ends",
    ),
    "read-in-relay": (
        "{source} passes on {relay}",
        "Mend the grade, or see data/README.md under Grades for the words that tell why it holds",
    ),
    "word-that-ages": (
        "'{word}' is true for a time only",
        "Name the year or the day that it holds for in the same sentence, or leave the word out",
    ),
    "read-without-place": (
        "graded {grade}, and the row does not show what was read",
        "Say where it stands and in which words. What was read in another page is secondary, what"
        " nowhere recall; of a relay that is gone the note says that it could not be read again",
    ),
    "reading-as-meant": (
        "{count} options of {choice} are as meant, not one",
        "Mark the one option that the author means",
    ),
    "reading-id": ("not claim/choice/option", "Write {wanted}"),
    "reading-votes": (
        "votes on {sources}, none official",
        "Name an official source or two of different origin in source_ids, or let it not vote",
    ),
    "recalled-with-place": (
        "general knowledge has no place in a source",
        "Leave the column empty, or grade the row by how it was checked there",
    ),
    "reported-late": (
        "{lag} days before {source} was out, {out}; at most {most} are allowed here",
        "Look at date and source; an earlier fact says so in the note, as `Earlier: the order is"
        " of 2016`",
    ),
    "row-empty": ("the row is empty", "Delete it"),
    "row-gone": (
        "names the row {id}, which no table has",
        "Give the row its id again, or mend the helper",
    ),
    "rule-without-claim": (
        "a rule judges {id}, but it has no row",
        "Restore the row, or drop the rule",
    ),
    "said-differently": (
        "line {line} quotes the same words and has {other!a}",
        "Look which of the two is right; if both are right, list the row under "
        "`one_voice` in datapackage.json",
    ),
    "said-otherwise": (
        "{place} says '{word}'",
        "Look at the source again. If the row is right as it is, add its id to the list `but`,"
        " which stands under `words` of this column in data/datapackage.json",
    ),
    "said-twice": (
        "the same fact as line {line}, but for {column}",
        "One fact is one row: keep one of them",
    ),
    "second-default-count": (
        "a second default count for this fleet and date, as in line {line}",
        "Set `rank` of one of them to rival",
    ),
    "secondary-without-first": (
        "whose figure it is stands neither in {source} nor in the row",
        "Name the first publisher in `quoted_publisher` of the source, 'not named' where it is"
        " silent",
    ),
    "set-by-another": (
        "other rows of {setter} {value} have {meant}",
        "Write that, or another {setter}",
    ),
    "share-apart": ("{part} of {whole} are {share:.3g}", "Mend one of the three"),
    "share-out-of-range": (
        "a share is from 0 to 1",
        "Look at the source again; empty where unknown",
    ),
    "source-of-none": ("no row that {column} names rests on it", "Name the source of one of them"),
    "stands-in-two-rows": ("{id} stands in line {line} already", "Look which of the two is right"),
    "stated-no-country": ("{code} is no row in data/countries.csv", "{hint}"),
    "stated-not-date": (
        "not a date to be equal to",
        "Write YYYY, YYYY-MM or YYYY-MM-DD, as exact as known",
    ),
    "stated-not-more-than": ("not a whole number to be more than", "Digits only"),
    "stated-not-true": ("compared with true", "Write true, or another comparison"),
    "stated-not-whole": ("not a whole number to be equal to", "Digits only"),
    "stated-order": ("codes not in order, each once", "Write {codes}"),
    "sum-apart": ("with line {line} it comes to {sum}, not {to}", "Look at both again"),
    "symbol-unknown": (
        "no model takes this symbol",
        "{hint} A new one needs a function of helpers/formulas that takes it, or a place in `also`"
        " of this column in data/datapackage.json",
    ),
    "table-empty": ("the table is empty", "A table without rows is not 'zero': restore it"),
    "too-exact": (
        "more than {decimals} decimals",
        "Look at the source again: is it in the unit of the column?",
    ),
    "too-few-or-many-words": (
        "{count} words, where {least} to {most} are wanted",
        "Are two columns exchanged? Else widen `written` in datapackage.json",
    ),
    "too-many-figures": (
        "{number} has more than {most} figures, and no words of the row hold it",
        "Look at the source again, and quote the words that hold it",
    ),
    "undated-count": (
        "undated, but not the date of its source, {day}",
        "Write {day}, or make observed_basis stated",
    ),
    "wrong-encoding": ("text that was read in a wrong encoding", "Write {said:.80}"),
    "wrong-form": ("not of the form wanted", "Write it like {example}"),
    "wrong-separator": (
        "cells are separated by {separator}",
        "Save it as 'CSV UTF-8', comma separated",
    ),
    "year-after-edition": ("after the edition came out, {day}", "Look which is right"),
}


def test_no_two_rules_have_a_code_in_common():
    codes = [rule.code for rule in RULES]
    assert sorted(codes) == sorted(set(codes))


def test_every_rule_has_its_sentence_here():
    assert {rule.code: (rule.sentence, rule.fix) for rule in RULES} == SENTENCES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_code_is_short_and_plain(rule):
    assert rule.code.replace("-", "").isalnum() and rule.code == rule.code.lower()
    assert len(rule.code) <= 30


@pytest.mark.parametrize(
    ("publisher", "excepted", "said"),
    [
        (
            "A long name",
            [],
            "data/sources.csv:5 publisher 'A long name': 11 letters, and the cell under title has"
            " 9: the one under publisher must be the shorter of the two. Are two columns exchanged?"
            " If the row is right as it is, add paper-1 to the list `but`, which stands under"
            " `shorter` of this column in data/datapackage.json",
        ),
        (
            "A name",
            ["paper-1"],
            "data/sources.csv:5 publisher 'A name': 6 letters, and the cell under title has 9: the"
            " one under publisher must not be the shorter of the two, since datapackage.json"
            " excepts the row. Are two columns exchanged? If the row is right as it is, take"
            " paper-1 out of the list `but`, which stands under `shorter` of this"
            " column in data/datapackage.json",
        ),
    ],
)
def test_which_of_two_texts_must_be_the_shorter_is_said(publisher, excepted, said):
    column = {"name": "publisher", "shorter": {"than": "title", "but": excepted}}
    schema = {"primaryKey": ["source_id"], "fields": [column]}
    cells = {"source_id": "paper-1", "publisher": publisher, "title": "The title", "line": 5}
    row = Row("sources", cells)
    (found,) = exchanged_or_mistyped_cells.texts_are_in_their_order([row], schema, {})
    assert str(found) == said


def test_a_finding_carries_the_code_of_its_rule():
    finding = data.CELL_COUNT.broken("orders", 3, "", "a,b", cells=2, columns=3)
    assert (finding.code, finding.line) == ("cell-count", 3)
    assert str(finding) == (
        "data/orders.csv:3 'a,b': 2 cells where the header has 3."
        " Quote a cell that holds a comma; delete blank lines"
    )


def test_errors_carry_codes(tiny):
    tiny.file("orders").write_text("")
    with pytest.raises(data.DataError) as caught:
        data.load("orders", tiny.path)
    assert caught.value.code == "header-missing"
    for given, code in (({"day": 1}, "unknown-parameter"), ({"seed": -1}, "seed-out-of-range")):
        with pytest.raises(notebook_parameters.ParameterError) as wrong:
            notebook_parameters.check(**given)
        assert wrong.value.code == code
    assert (RunError("stopped", "cell-failed").code, Busy("wait").code) == ("cell-failed", "busy")
