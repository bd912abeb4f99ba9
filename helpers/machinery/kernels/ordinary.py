"""Launch an ordinary kernel that reads no settings of the system or the environment, as the forked
ones do not: `python -m helpers.machinery.kernels.ordinary` for `python -m ipykernel_launcher`.
"""

from ipykernel import kernelapp

from helpers.machinery.kernels.guard import without_settings_of_others

if __name__ == "__main__":
    without_settings_of_others()
    kernelapp.launch_new_instance()
