"""Say which outputs no longer belong to these data, notebooks, helpers and lock."""

from helpers import parameters, scenarios
from helpers.machinery.outputs import manifest, publish
from helpers.machinery.run.progress import say
from helpers.machinery.texts import readme


def run(args) -> int:
    """Say which outputs no longer belong to these data, notebooks, helpers and lock."""

    folders = [
        folder
        for folder in sorted(publish.OUTPUTS.glob("[!.]*"))
        if folder.is_dir() and folder.name not in scenarios.TAKEN
    ]
    others = [
        folder
        for taken in scenarios.TAKEN
        for folder in sorted(publish.OUTPUTS.glob(f"{taken}/[!.]*"))
        if folder.is_dir()
    ]
    if not folders and not others:
        say("there are no outputs to verify; make reproduce makes them")
        return 1
    faults = []
    for folder in folders + others:
        scenario, _, as_of = folder.name.partition("@")
        try:
            found = manifest.verify(
                folder, scenarios.resolve(scenario, as_of)[1] if folder in folders else None
            )
        except parameters.ParameterError as error:
            found = [str(error)]
        if folder.name == "article":
            stated = readme.stated(readme.README.read_text("utf-8"))
            now = {
                name: manifest.digest(folder / name)
                for name in readme.MAILED
                if (folder / name).is_file()
            }
            found += [
                f"{name} is not the one that README.md states"
                for name in readme.MAILED
                if name not in now or now[name] != stated.get(name)
            ]
        name = folder.relative_to(publish.OUTPUTS).as_posix()
        faults += [f"{name}: {fault}" for fault in found]
        say(
            f"{name}: {len(found)} faults"
            if found
            else f"{name}: every file is what these inputs give"
        )
    for fault in faults:
        say(fault)
    return 1 if faults else 0
