#!/usr/bin/env python3
"""What a release is made of besides programs: the papers and the npm packages, from archives that hold next to nothing.

usage: release_test.py      Exit status 0: all passed, 1: some failed, 77: skipped (no npm, zip or git), with the reason.
"""
import hashlib
import io
import json
import pathlib
import re
import runpy
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
VERSION = re.search(r"project\(cascade VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
SYSTEMS = {"linux-x86_64": "linux-x64", "linux-aarch64": "linux-arm64", "darwin-aarch64": "darwin-arm64", "darwin-x86_64": "darwin-x64",
           "windows-x86_64": "win32-x64"}


def run(*words, **more):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **more).stdout


def sum_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Release(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        cls.work = pathlib.Path(place.name)
        cls.folder = cls.work / "release"
        cls.folder.mkdir()
        for system in SYSTEMS:
            cls.archive(system)

    @classmethod
    def archive(cls, system):
        inner = f"cascade-{VERSION}-{system}"
        program = cls.work / inner / "bin" / ("cascade.exe" if "windows" in system else "cascade")
        program.parent.mkdir(parents=True)
        program.write_text("#!/bin/sh\necho program\n")
        program.chmod(0o755)
        if "windows" in system:
            run("zip", "-q", "-r", "-X", cls.folder / f"{inner}.zip", inner, cwd=cls.work)
        else:
            run("tar", "-C", cls.work, "-czf", cls.folder / f"{inner}.tar.gz", inner)

    def papers(self, folder, *more):
        return run(ROOT / "scripts/release-papers", folder, *more).split()

    def copied(self, *systems):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.work))
        for system in systems:
            for path in self.folder.glob(f"cascade-*-{system}.*"):
                shutil.copy(path, folder)
        return folder

    def test_the_statement_and_the_list_hold_every_file_with_its_sum(self):
        folder = self.copied(*SYSTEMS)
        self.papers(folder)
        statement = json.loads((folder / f"cascade-{VERSION}.intoto.json").read_text())
        self.assertEqual(statement["_type"], "https://in-toto.io/Statement/v1")
        sums = {subject["name"]: subject["digest"]["sha256"] for subject in statement["subject"]}
        self.assertEqual(sums, {path.name: sum_of(path) for path in folder.iterdir() if not path.name.endswith(".intoto.json")})
        listed = json.loads((folder / f"cascade-{VERSION}.spdx.json").read_text())
        self.assertEqual(listed["spdxVersion"], "SPDX-2.3")
        known = {"SPDXRef-DOCUMENT"} | {part["SPDXID"] for part in listed["packages"] + listed["files"]}
        for relation in listed["relationships"]:
            self.assertLessEqual({relation["spdxElementId"], relation["relatedSpdxElement"]}, known)
        self.assertIn(f"./cascade-{VERSION}-darwin-x86_64.tar.gz", {part["fileName"] for part in listed["files"]})

    def test_the_same_files_give_the_same_papers(self):
        first, second = self.copied(*SYSTEMS), self.copied(*SYSTEMS)
        self.assertEqual(self.papers(first), self.papers(second))
        self.assertEqual({path.name: sum_of(path) for path in first.iterdir()}, {path.name: sum_of(path) for path in second.iterdir()})

    def test_manifests_name_what_was_made_and_nothing_else(self):
        folder = self.copied("darwin-aarch64", "linux-x86_64")
        self.assertNotIn("cascade.json", self.papers(folder, "--url", "https://host.invalid/v1/"))
        formula = (folder / "cascade.rb").read_text()
        for system in ("darwin-aarch64", "linux-x86_64"):
            path = folder / f"cascade-{VERSION}-{system}.tar.gz"
            self.assertIn(f'url "https://host.invalid/v1/{path.name}"\n      sha256 "{sum_of(path)}"', formula)
        self.assertNotIn("darwin-x86_64", formula)
        folder = self.copied("windows-x86_64")
        self.assertNotIn("cascade.rb", self.papers(folder))
        path = folder / f"cascade-{VERSION}-windows-x86_64.zip"
        self.assertEqual(json.loads((folder / "cascade.json").read_text())["architecture"]["64bit"]["hash"], sum_of(path))
        self.assertIn(sum_of(path).upper(), (folder / "Cascade.Cascade.installer.yaml").read_text())

    def test_each_system_has_an_npm_package_and_all_one_launcher(self):
        launchers = set()
        for system, platform in SYSTEMS.items():
            folder = pathlib.Path(tempfile.mkdtemp(dir=self.work))
            archive = next(self.folder.glob(f"*-{system}.*"))
            run(ROOT / "scripts/npm", "--archive", archive, "--to", folder, "--for", platform)
            launchers.add(sum_of(folder / f"cascade-context-{VERSION}.tgz"))
            with tarfile.open(folder / f"cascade-context-{platform}-{VERSION}.tgz") as packed:
                manifest = json.load(packed.extractfile("package/package.json"))
                program = packed.getmember("package/bin/cascade" + (".exe" if platform.startswith("win32") else ""))
            self.assertEqual((manifest["os"], manifest["cpu"]), ([platform.split("-")[0]], [platform.split("-")[1]]))
            self.assertTrue(program.mode & 0o100)
        self.assertEqual(len(launchers), 1)
        with tarfile.open(folder / f"cascade-context-{VERSION}.tgz") as packed:
            wanted = json.load(packed.extractfile("package/package.json"))["optionalDependencies"]
        self.assertEqual(set(wanted), {f"cascade-context-{platform}" for platform in SYSTEMS.values()})

    def test_the_note_about_clients_is_skipped_without_npm(self):
        empty = self.work / "no-npm"
        empty.mkdir()
        done = subprocess.run([sys.executable, ROOT / "scripts/client-facts", "--all"], env={"PATH": str(empty)}, capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 77, done.stdout + done.stderr)
        self.assertIn("claude: skipped: ", done.stdout)

    def test_a_package_in_another_form_fails_loudly(self):
        package = self.work / "package"
        (package / "bin").mkdir(parents=True)
        (package / "bin/claude").write_bytes(b"a program that holds nothing as it did")
        (package / "sdk-tools.d.ts").write_text("export interface BashInput {}")
        done = subprocess.run([sys.executable, ROOT / "scripts/client-facts", "--package", package], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertIn("teach scripts/client-facts", done.stderr)

    def test_the_archive_that_a_program_carries_is_read(self):
        facts = runpy.run_path(str(ROOT / "scripts/client-facts"))
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            told = tarfile.TarInfo("app.js")
            told.size = 4
            archive.addfile(told, io.BytesIO(b"here"))
        self.assertIn(b"here", facts["with_archives"](b"\x7fELF\x1f\x8b\x08 no archive" + packed.getvalue() + b"tail"))


if __name__ == "__main__":
    for needed in ("npm", "zip", "git"):
        if not shutil.which(needed):
            print(f"skipped: there is no {needed}")
            sys.exit(77)
    unittest.main(verbosity=2)
