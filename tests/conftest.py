"""A tiny data folder that keeps the contract, and ways to break it."""

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from helpers import data
from helpers.machinery.kernels import start, surroundings

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")

TINY = {
    "sources": (
        """\
source_id,publisher,title,url,published,accessed,quoted_publisher,kind,licence,note
gov-2025,Government,Statement,https://www.gov.example/statement,2025-12-15,2026-11-22,,official,open,
book,Institute,Yearbook,,,2026-11-22,,research,all rights reserved; fact cited,
paper-2025-03,Paper,Report,http://paper.example/1?a=b#c,2025-03-20,2026-11-22,,press,all rights
reserved; fact cited,
copy-2025-03,Copyist,Copy of the report,,2025-03-21,2026-11-22,Paper,relay,all rights reserved; fact
cited,
"""
    ),
    "countries": (
        """\
id,name,kind,europe,tile_column,tile_row,source_id,verification,note
FRA,France,state,yes,3,5,book,read,
GBR,United Kingdom,state,yes,2,3,book,read,
DEU,Germany,state,yes,4,4,book,read,
UKR,Ukraine,state,yes,8,5,book,read,
TUR,Türkiye,state,yes,8,8,book,read,
JPN,Japan,state,no,10,5,book,read,
USA,United States,state,no,,,book,read,
NATO,North Atlantic Treaty Organization,organisation,,,,book,recall,
"""
    ),
    "accessions": (
        """\
id,organisation,country,joined,left,source_id,verification,note
nato/fra,NATO,FRA,1949-08-24,,book,read,
nato/gbr,NATO,GBR,1949-08-24,,book,read,
eu/gbr,EU,GBR,1973-01-01,2020-01-31,book,read,
"""
    ),
    "meetings": (
        """\
id,date,name,level,format,source_id,verification,note
meeting/london,2025-03-02,London summit,leaders,in person,paper-2025-03,read,
meeting/video,2025-03-15,Video meeting,leaders,video,paper-2025-03,read,
"""
    ),
    "attestations": (
        """\
id,country,date,kind,level,meeting_id,statement,source_id,verification,note
attestation/london/fra,FRA,2025-03-02,attended,leader,meeting/london,,paper-2025-03,read,
attestation/london/gbr,GBR,2025-03-02,attended,leader,meeting/london,,paper-2025-03,read,
attestation/video/fra,FRA,2025-03-15,attended,leader,meeting/video,,paper-2025-03,read,
attestation/video/ukr,UKR,2025-03-15,attended,leader,meeting/video,,paper-2025-03,read,
attestation/video/tur,TUR,2025-03-15,attended,minister,meeting/video,,copy-2025-03,secondary,
attestation/2025-11/jpn,JPN,2025-11,avowed,minister,,takes part,gov-2025,read,
attestation/2025-12/usa,USA,2025-12,disavowed,leader,,takes no part,gov-2025,read,
"""
    ),
    "members": (
        """\
id,country,part,since,attested_by,source_id,verification,note
member/fra,FRA,member,2025-03-02,attestation/london/fra attestation/video/fra,paper-2025-03,derived,
member/gbr,GBR,member,2025-03-02,attestation/london/gbr,paper-2025-03,derived,
member/tur,TUR,member,2025-03-15,attestation/video/tur,copy-2025-03,derived,
member/jpn,JPN,member,2025-11,attestation/2025-11/jpn,gov-2025,read,
member/ukr,UKR,host,2025-03-15,attestation/video/ukr,paper-2025-03,read,
member/usa,USA,outside,,,gov-2025,read,
"""
    ),
    "counts": (
        """\
id,date,count,counted,ukraine,counted_by,sense,source_id,verification,note
count/2025-12-15,2025-12-15,34,members,outside,Government,members of the coalition,gov-2025,read,
"""
    ),
    "signatories": (
        """\
id,date,party,signed_by,source_id,verification,note
signatory/fra,2025-12-15,FRA,President,gov-2025,read,
signatory/gbr,2025-12-15,GBR,Prime Minister,gov-2025,read,
"""
    ),
    "indicators": (
        """\
id,country,indicator,year,value,low,high,unit,edition,edition_published,source_id,verification,note
expenditure/fra/2024,FRA,military expenditure,2024,64702.1,,,"USD million, current prices and
exchange rates",SIPRI 2025,2025-04,book,read,
expenditure/gbr/2024,GBR,military expenditure,2024,81825.6,,,"USD million, current prices and
exchange rates",SIPRI 2025,2025-04,book,read,
expenditure/gbr/2025,GBR,military expenditure,2025,,,,"USD million, current prices and exchange
rates",SIPRI 2026,2026-04,book,read,not yet read
personnel/fra,FRA,active personnel,2025,200000,195000,205000,persons,CIA 2025,2025,book,read,
personnel/gbr,GBR,active personnel,2025,140000,,,persons,CIA 2025,2025,book,read,
"""
    ),
    "capabilities": (
        """\
id,capability,fleet,operator,service,type,class,owner_kind,pooled_by,in_service,in_service_low,in_service_high,on_order,observed,observed_basis,boom,drogue,rank,rank_reason,source_id,verification,note
tanker/fra/2024,tanker,fra-a330,FRA,Air Force,A330 MRTT,jet
tanker,national,,12,,,3,2024,stated,yes,yes,default,newest of its time,book,read,
tanker/fra/2025-12,tanker,fra-a330,FRA,Air Force,A330 MRTT,jet
tanker,national,,13,12,15,2,2025-12,source date,yes,yes,default,newest,gov-2025,read,
tanker/gbr/2025-03,tanker,gbr-voyager,GBR,Air Force,Voyager,jet
tanker,national,,,,,,2025-03-01,stated,no,yes,default,one,paper-2025-03,read,
tanker/usa/2025-12,tanker,usa-kc-135,USA,Air Force,KC-135R/T,jet
tanker,national,,375,370,380,0,2025-12,stated,yes,no,default,newest,gov-2025,read,
tanker/usa/directory,tanker,usa-directory,USA,all,all,directory
total,national,,605,,,,2025-03,stated,,,rival,a sum,copy-2025-03,secondary,
tanker/pool/2025-03,tanker,pool-a330,NATO,Unit,A330 MRTT,jet tanker,pooled,FRA
DEU,2,,,1,2025-03-10,stated,yes,yes,default,newest,paper-2025-03,read,
"""
    ),
    "deliveries": (
        """\
id,fleet,number,tail,date,source_id,verification,note
delivery/1,pool-a330,1,T-1,2020-06-30,book,read,
delivery/2,pool-a330,2,,2022,book,read,
delivery/3,pool-a330,3,T-3,2025-04-11,gov-2025,read,
"""
    ),
    "orders": (
        """\
id,fleet,date,quantity,joining,source_id,verification,note
order/1,pool-a330,2016,2,FRA,book,read,
order/2,pool-a330,2018-03,2,DEU,book,read,
order/3,pool-a330,2018-04,0,,book,read,joined without one
"""
    ),
    "parameters": (
        """\
id,symbol,name,applies_to,low,base,high,unit,origin,source_id,verification,note
fuel/a330,F_cap,fuel capacity,A330 MRTT,110000,111000,111200,kg,published,book,read,
fuel/kc-135,F_cap,fuel capacity,KC-135R/T,,90700,,kg,published,book,read,
"""
    ),
    "claims": (
        """\
id,position,paragraphs,claim,kind,comparison,stated,unit,quoted,judged_by,frozen,notebook
C02,1,2,34 countries take part,count,equals,34,states,,the roster,no,01-membership
C03,2,"2, 5",These do not take part,set,same set,JPN USA,,,the roster,no,01-membership
C24,3,12,The USA operates more than 600 tankers,count,more than,600,aircraft,more than
600,definitions,no,06-refuelling
C28,4,13,The influence is imaginary,opinion,true,true,,,not decidable,no,08-conditions
"""
    ),
    "readings": (
        """\
id,claim,choice,option,meaning,author_could_mean,used_so_by,source_ids,as_worded,votes
C02/counting/attested,C02,counting,attested,States with a row,he lists names,officials,gov-2025,yes,yes
C02/counting/press,C02,counting,press,States a paper counts,he reads it,press,paper-2025-03 book,no,yes
C24/definition/jets,C24,definition,jets,Large jets,he says jets,it is told so,copy-2025-03 book,no,yes
C24/definition/all,C24,definition,all,Every one,he says all,it is told so,,yes,no
"""
    ),
    "verdict_log": (
        """\
id,claim,date,data_to,verdict,previous,reason
verdict/C02/2026-01,C02,2026-01,2025-12-20,depends,,first judged
verdict/C24/2026-01,C24,2026-01,2025-12-20,holds,,first judged
verdict/C24/2026-02-01,C24,2026-02-01,2026-01-05,depends,holds,the jets are a fair reading
"""
    ),
}


class Folder:
    """A data folder of a test, with the tables above of the contract; they can be read, rewritten
    and changed cell by cell.
    """

    def __init__(self, path: Path):
        self.path = path
        package = json.loads((data.DATA / data.CONTRACT).read_text("utf-8"))
        package["resources"] = [
            resource for resource in package["resources"] if resource["name"] in TINY
        ]
        (path / data.CONTRACT).write_text(json.dumps(package), "utf-8")
        for table, text in TINY.items():
            columns = dict.fromkeys(data.columns(table), "")  # what a test does not need is empty
            self.write(table, [columns | row for row in csv.DictReader(io.StringIO(text))])

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def rows(self, table: str) -> list[dict]:
        return list(csv.DictReader(io.StringIO(self.file(table).read_text("utf-8"))))

    def write(self, table: str, rows: list[dict]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def put(self, table: str, id: str, /, **cells: str) -> int:
        """Change cells of the row with this id; the line it stands on. An id that is not there yet:
        a copy of the last row.
        """
        rows = self.rows(table)
        key = next(iter(rows[0]))
        if id not in [row[key] for row in rows]:
            rows.append(rows[-1] | {key: id})
        number = [row[key] for row in rows].index(id)
        rows[number] |= cells
        self.write(table, rows)
        return number + 2

    def drop(self, table: str, id: str) -> None:
        rows = self.rows(table)
        self.write(table, [row for row in rows if id not in row.values()])


@pytest.fixture
def tiny(tmp_path) -> Folder:
    """A tiny data folder that keeps the contract."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Folder(folder)


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory):
    """Makes tiny data folders, for tests that need many."""

    def make() -> Folder:
        return Folder(tmp_path_factory.mktemp("data"))

    return make


@pytest.fixture
def committed_to_git(monkeypatch):
    """Commits what is in a folder to a repository of its own; the git settings of whoever runs the
    tests have no part in it.
    """
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def commit(folder: Path) -> None:
        git = ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.org"]
        for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "as they stand"]):
            subprocess.run([*git, *command], check=True)

    return commit


@pytest.fixture(scope="module")
def surrounding(tmp_path_factory):
    """What every command runs in; a test run by itself does too."""
    tmp_path_factory.getbasetemp()  # pytest's own folder stays outside
    with surroundings.hermetic(), start.warm():
        yield
