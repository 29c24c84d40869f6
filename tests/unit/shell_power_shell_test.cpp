#include <catch2/catch.hpp>

#include "shell/trace.h"

#include <set>
#include <string>

using namespace cascade::shell;

namespace {

struct PowerDisk final : Surroundings {
  bool is_directory(const std::string& path) const override {
    return std::set<std::string>{"/", "/tmp", "/home/dev", "/w", "/w/app", "/w/app/src", "/w/lib", "/w/my lib"}
        .contains(path);
  }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  bool follows_elsewhere() const override { return true; }
  std::optional<std::string> variable(std::string_view name) const override {
    return name == "HOME" ? std::optional<std::string>("/home/dev") : std::nullopt;
  }
};

// Each program in its directory: its words, what it writes, and the variables that the line sets for it.
std::string traced_programs(const std::string& line) {
  std::string text;
  const Trace traced = trace(line, "/w/app", PowerDisk(), [&](const Call& call) {
    text += (text.empty() ? "" : "; ") + (call.directory.empty() ? "?" : call.directory) + ":";
    for (const Value& value : call.words) text += " " + value.text;
    for (const Value& value : call.written) text += " > " + script_text(value);
    for (const Setting& setting : call.environment)
      if (setting.value && setting.name.starts_with("GIT_"))
        text += " (" + setting.name + "=" + setting.value->text + ")";
  });
  return text + (traced.complete ? "" : " not all: " + traced.fault);
}
std::string powered(const std::string& line) { return traced_programs(from_power_shell(line)); }

}  // namespace

TEST_CASE("a place is entered by any name of the command that does it") {
  for (const char* line :
       {"Set-Location ..\\lib; git commit", "sl ../lib\ngit commit", "cd ..\\lib && git commit",
        "set-location -Path '..\\lib'; git commit", "Set-Location -LiteralPath:..\\lib; git commit",
        "Push-Location ..\\lib; git commit", "$there = '..\\lib'; Set-Location $there; git commit",
        "Set-Location (Join-Path .. lib); git commit", "& { Set-Location ..\\lib; git commit }",
        "if ($true) { Set-Location ../lib; git commit }", "try { cd ../lib } finally { }; git commit",
        "foreach ($d in '../lib') { cd $d; git commit }", "function Go { cd ../lib }\nGo; git commit",
        "Set-Location `\n  ..\\lib; git commit", "[IO.Directory]::SetCurrentDirectory('../lib'); git commit"}) {
    INFO(line << " = " << from_power_shell(line));
    CHECK(powered(line).find("/w/lib: git commit") != std::string::npos);
  }
  CHECK(powered("Push-Location ../lib; Pop-Location; git commit") == "/w/app: git commit");
  CHECK(powered("Set-Location ~\nSet-Location $HOME; git commit") == "/home/dev: git commit");
  CHECK(powered("Set-Location '..\\my lib'; git commit") == "/w/my lib: git commit");
  CHECK(powered("# Set-Location ../lib\n<# cd ../lib #> git commit -m \"Set-Location ../lib\"") ==
        "/w/app: git commit -m Set-Location ../lib");
}

TEST_CASE("what commands of PowerShell write is told as what programs write") {
  CHECK(powered("Remove-Item -Recurse -Force ..\\lib\\a, ..\\lib\\b") == "/w/app: rm -r ../lib/a ../lib/b");
  CHECK(powered("Move-Item a -Destination ..\\lib -Force") == "/w/app: mv a ../lib");
  CHECK(powered("Copy-Item -Dest ..\\lib -Path a") == "/w/app: cp -r a ../lib");
  CHECK(powered("Set-Content -Path ../lib/a -Value 'x'").find("> ../lib/a") != std::string::npos);
  CHECK(powered("'x' | Out-File ../lib/a -Encoding utf8").find("> ../lib/a") != std::string::npos);
  CHECK(powered("git log | Tee-Object -FilePath ../lib/a") == "/w/app: git log; /w/app: tee ../lib/a");
  CHECK(powered("New-Item -ItemType SymbolicLink -Path l -Target ../lib") == "/w/app: ln -s ../lib l");
  CHECK(powered("Get-ChildItem ../lib | Remove-Item").find("rm -r /w/lib/") != std::string::npos);
  CHECK(powered("[System.IO.File]::WriteAllText(\"../lib/a\", \"x\")").find("> ../lib/a") != std::string::npos);
  CHECK(powered("git log > ..\\lib\\a 2>&1") == "/w/app: git log > ../lib/a");
  CHECK(powered("git fetch 2>$null; git log *> $null") == "/w/app: git fetch; /w/app: git log");
  CHECK(powered("Expand-Archive a.zip -DestinationPath ../lib") == "/w/app: unzip -d ../lib a.zip");
}

TEST_CASE("programs are started by their names, by words that are joined, and by text") {
  CHECK(powered("& \"git\" -C ..\\lib commit -m 'it''s'") == "/w/app: git -C ../lib commit -m it's");
  CHECK(powered("Start-Process git -ArgumentList '-C ../lib','commit -m x' -Wait") ==
        "/w/app: git -C ../lib commit -m x");
  CHECK(powered("Start-Process -WorkingDirectory ../lib git commit") == "/w/lib: git commit");
  CHECK(powered("Invoke-Expression 'Set-Location ..\\lib; git commit'") == "/w/lib: git commit");
  CHECK(powered("$env:GIT_DIR = '../lib/.git'; git commit").ends_with("; /w/app: git commit (GIT_DIR=../lib/.git)"));
  CHECK(
      powered("Set-Item Env:GIT_DIR ../lib/.git; git commit").ends_with("; /w/app: git commit (GIT_DIR=../lib/.git)"));
  CHECK(powered("1..3 | ForEach-Object { git -C ../lib commit }").find("git -C ../lib commit") != std::string::npos);
  CHECK(powered("& git push origin ('HEAD:' + \"main\")") == "/w/app: git push origin HEAD:main");
  CHECK(powered("git push origin ('HEAD:' + $name)").find("/w/app: git push origin") != std::string::npos);
  CHECK(powered("$x = git rev-parse HEAD; git tag $x").find("git rev-parse HEAD") != std::string::npos);
  CHECK(powered("git commit -m @'\nfirst\nsecond\n'@") == "/w/app: git commit -m first\nsecond");
  CHECK(powered("git.exe push; if ($LASTEXITCODE -ne 0) { exit 1 }").starts_with("/w/app: git.exe push"));
  CHECK(traced_programs("pwsh -NoProfile -Command 'Set-Location ../lib; git commit'").find("/w/lib: git commit") !=
        std::string::npos);
  CHECK(traced_programs("powershell.exe -c \"cd ../lib; git commit\"").find("/w/lib: git commit") != std::string::npos);
  CHECK(traced_programs("echo 'cd ../lib; git commit' > a.ps1; pwsh a.ps1").find("/w/lib: git commit") !=
        std::string::npos);
}

TEST_CASE("what is no PowerShell ends") {
  for (const std::string piece :
       {"(", "{", "$(", "@(", "\"$(", "if (", "[", "'", "@'", "`", "<#", "a | ", "$x = ", ","}) {
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += piece;
    INFO(piece);
    CHECK(from_power_shell(text).size() < 40 * text.size() + 1'000);
  }
}
