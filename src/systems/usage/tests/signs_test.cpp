#include <algorithm>
#include <catch2/catch.hpp>

#include <string>

#include "usage/conversation.h"
#include "usage/signs.h"

using namespace cascade::usage;

namespace {

std::string runs_text(const std::string& line) {
  std::string text;
  for (const Run& run : runs_of(line)) {
    text += run.program + (run.subcommand.empty() ? "" : "." + run.subcommand);
    for (const std::string& word : run.words) text += " " + word;
    text += run.everyday ? " (everyday);" : ";";
  }
  return text;
}

bool same(const std::string& told, const std::string& done) {
  const std::vector<Run> all = runs_of(done);
  return std::any_of(all.begin(), all.end(), [&](const Run& run) { return is_same(runs_of(told).at(0), run); });
}

std::string paths_text(const std::string& section) {
  std::string text;
  for (const std::string& path : signs_of(section).paths) text += path + ";";
  return text;
}

std::vector<Phrase> phrases_in(const std::string& text) {
  std::vector<Phrase> phrases;
  add_phrases(text, phrases);
  return phrases;
}

TEST_CASE("a line is its programs, with subcommands where they have them") {
  CHECK(runs_text("npm run build -- --watch") == "npm.run build -- --watch (everyday);");
  CHECK(runs_text("cd a && cargo test --release | tee log") == "cargo.test --release;tee log (everyday);");
  CHECK(runs_text("npx playwright test") == "playwright test;");
  CHECK(runs_text("python3 -m pytest -k refund") == "pytest -k refund;");
  CHECK(runs_text("git -C ../x bisect start") == "git.bisect start -C;");
  CHECK(runs_text("docker compose up -d") == "docker.compose up -d;");
  CHECK(runs_text("./scripts/check --fast") == "check --fast;");
}

TEST_CASE("two lines are the same command if program and subcommand are") {
  CHECK(same("terraform plan -out=tfplan", "terraform plan -out=x -lock=false"));
  CHECK_FALSE(same("go test -race ./...", "go test ./..."));
  CHECK(same("cargo test", "cargo +nightly test --all"));
  CHECK(same("psql -c FILE", "kubectl exec -it db-0 -- psql -c 'select 1'"));
  CHECK(same("shellcheck", "git ls-files '*.sh' | xargs -n 1 shellcheck"));
  CHECK(same("pg_dump", "docker compose exec -T db pg_dump shop"));
  CHECK_FALSE(same("terraform plan", "terraform apply"));
  CHECK_FALSE(same("git log --follow FILE", "git log --oneline"));
  CHECK(same("git log --follow FILE", "git log --follow a.cpp"));
  CHECK_FALSE(same("grep -rn TODO src", "grep -n x"));
  CHECK(same("shellcheck", "shellcheck a.sh"));
  CHECK(same("pytest -x tests/", "pytest -x"));
}

TEST_CASE("an argument with a slash is no folder, and a path of Windows is one of its files") {
  CHECK(paths_text("Run `kubectl rollout undo deployment/api`.").empty());
  CHECK(paths_text("Copy it with `cp ./infra/base /srv/app/base`.") == "/srv/app/base;infra/base;");
  CHECK(paths_text("Look into `infra/base`.") == "infra/base;");
  CHECK(names_path({"src/api/routes.ts"}, "C:\\work\\shop\\src\\api\\routes.ts"));
  CHECK_FALSE(names_path({"src/api/routes.ts"}, "C:\\work\\shop\\src\\api\\routes.tsx"));
}

TEST_CASE("a heading alone is no section to follow") {
  CHECK(signs_of("## Roll back\n").is_title);
  CHECK_FALSE(signs_of("## Roll back\nUndo the last release.").is_title);
  CHECK_FALSE(signs_of("Undo the last release.").is_title);
}

TEST_CASE("paths are taken from code and links, without those of every project and without placeholders") {
  CHECK(paths_text("Edit `db/migrations/`, then `README.md` and/or `config.yaml`.") == "config.yaml;db/migrations/;");
  CHECK(paths_text("Write `docs/adr/NNNN-title.md`") == "docs/adr/;");
  CHECK(paths_text("See [the list](references/list.md).") == "references/list.md;");
  CHECK(paths_text("Open `https://example.org/a.html` or `path/to/file.cpp`").empty());
  CHECK(paths_text("Type `/review`, read `docs/adr` and/or `v1.2`") == "docs/adr;");
}

TEST_CASE("a touched path is one that is named, or lies in a folder that is named") {
  CHECK(names_path({"docs/adr/"}, "/home/a/p/docs/adr/0001-x.md"));
  CHECK(names_path({"config/flags.yaml"}, "./config/flags.yaml"));
  CHECK_FALSE(names_path({"flags.yaml"}, "/p/oldflags.yaml"));
  CHECK_FALSE(names_path({"docs/adr/"}, "docs/adrian.md"));
}

TEST_CASE("a wording is five words of which three say something") {
  CHECK(phrases_in(("focus must return to the button that opened the dialog")).size() == 1);
  CHECK(phrases_in(("if you want me to do it")).empty());
  CHECK(phrases_in(("one two three four")).empty());
}

TEST_CASE("a text as JSON writes it says words in a row") {
  const std::vector<std::string> words = words_of("lower the lifetime first today");
  CHECK(says(R"("x\nLower the **lifetime**\nfirst, today")", words, 0, 5));
  CHECK_FALSE(says(R"("lower the lifetime today")", words, 0, 5));
  CHECK_FALSE(says("", words, 0, 5));
}

}  // namespace
