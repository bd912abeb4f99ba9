"""Notebooks as JupyterLab opens and saves them: opened, their numbers lead to rows of the tables as
they are; saved, the series' own are as `make refresh` writes them, so that git sees no difference.
"""

import os
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class Notebooks(AsyncLargeFileManager):
    """The files that JupyterLab is given. An edit of helpers that cannot be imported leaves them as
    they are: JupyterLab starts all the same.
    """

    async def get(self, path: str, *how: Any, **more: Any) -> dict:
        """Open a file as JupyterLab does, a notebook with what it adds to one of the series.

        Parameters
        ----------
        path : str
            The file, as JupyterLab names it.
        *how, **more : Any
            Whether its content is wanted, and the like, as Jupyter Server asks for it.
        """
        model = await super().get(path, *how, **more)
        if model["type"] == "notebook" and model["content"]:
            self._change("opened", path, model["content"])
        return model

    async def save(self, model: dict, path: str = "") -> dict:
        """Save a file as JupyterLab does, a notebook without what was added as it was opened."""
        if model.get("type") == "notebook" and model.get("content"):
            self._change("saved", path, model["content"])
        return await super().save(model, path)

    def _change(self, how: str, path: str, notebook: dict) -> None:
        try:
            from helpers import data, scenarios
            from helpers.machinery.outputs import shown_in_jupyterlab

            file = data.ROOT / self._get_os_path(path)
            own = file not in map(scenarios.file, scenarios.notebooks())
            if how == "opened":
                shown_in_jupyterlab.with_rows(notebook, os.path.relpath(data.DATA, file.parent))
            elif not own:
                shown_in_jupyterlab.as_committed(notebook)
        except Exception as error:  # whatever somebody's edit of helpers or tables does
            self.log.warning("%s is %s as it is: %s", path, how, error)
