#include <catch2/catch.hpp>

#include <string>

#include "history/history.h"

namespace cascade::metrics {
namespace {

std::string shown(const std::vector<OriginRun>& runs) {
  std::string out;
  for (const OriginRun& run : runs)
    out += (run.commit == no_origin ? "?" : std::to_string(run.commit)) + "x" + std::to_string(run.lines) + " ";
  return out;
}

struct Lines {
  History history;
  LineOrigins origins;

  std::string change(std::uint32_t before, std::uint32_t after, std::vector<Hunk> hunks, std::uint32_t origin) {
    FileChange file;
    file.before = before;
    file.after = after;
    file.first_hunk = static_cast<std::uint32_t>(history.hunks.size());
    file.hunks = static_cast<std::uint32_t>(hunks.size());
    history.hunks.insert(history.hunks.end(), hunks.begin(), hunks.end());
    const std::string gone = shown(origins.change(history, file, origin));
    const auto* now = origins.of(after);
    return gone + "| " + (now == nullptr ? "" : shown(*now));
  }
};

TEST_CASE("lines keep their origin through changes around them") {
  Lines lines;
  CHECK(lines.change(0, 1, {{0, 0, 1, 10}}, 0) == "| 0x10 ");
  CHECK(lines.change(1, 2, {{3, 2, 3, 1}}, 1) == "0x2 | 0x2 1x1 0x6 ");
  CHECK(lines.change(2, 3, {{9, 0, 10, 2}}, 2) == "| 0x2 1x1 0x6 2x2 ");
  CHECK(lines.change(3, 4, {{0, 0, 1, 1}, {2, 3, 3, 0}}, 3) == "0x1 1x1 0x1 | 3x1 0x6 2x2 ");
}

TEST_CASE("a content that is back has the origins it had, and an unknown one has none") {
  Lines lines;
  lines.change(0, 1, {{0, 0, 1, 2}}, 0);
  lines.change(1, 2, {{1, 1, 1, 1}}, 1);
  CHECK(lines.change(2, 1, {{1, 1, 1, 1}}, 2) == "1x1 | 0x2 ");
  CHECK(lines.change(77, 78, {{4, 1, 4, 1}}, 3) == "?x1 | ?x3 3x1 ");
}

TEST_CASE("hunks that lie, as in a broken repository, stay within bounds") {
  Lines lines;
  lines.change(0, 1, {{0, 0, 1, 2}}, 0);
  CHECK(lines.change(1, 2, {{50, 9, 1, 1}, {3, 4, 0, 0}}, 1) == "?x13 | 0x2 ?x47 1x1 ");
}

TEST_CASE("paths tell who made a file") {
  const auto made = [](std::string_view path) { return to_string(made_by_path(path)); };
  CHECK(made("src/a.c") == "authored");
  CHECK(made("web/node_modules/x/dist/a.js") == "vendored");
  CHECK(made("web/dist/vendor/a.js") == "generated");
  CHECK(made("a/Cargo.lock") == "locked");
  CHECK(made("api/v1/thing.PB.go") == "generated");
  CHECK(made("vendor.c") == "authored");
}

TEST_CASE("paths: the outermost folder decides, before the name; a folder's name is one whole part of the path") {
  const auto made = [](std::string_view path) { return to_string(made_by_path(path)); };
  CHECK(made("vendor/package-lock.json") == "vendored");
  CHECK(made("GoDeps/a.go") == "vendored");
  CHECK(made("generated/vendor/a.min.js") == "generated");
  for (const char* path : {"", "/", "vendor", "dist", "vendored.txt", "my-vendor/a.c", "distribution/a.js",
                           "go.sum.txt", "a.min.js.txt", "min.js", "src/pb.go", "yarn.lock/a.c"})
    CHECK(made(path) == "authored");
  for (const char* path : {"yarn.lock", "a/b/GO.SUM", ".terraform.lock.hcl"}) CHECK(made(path) == "locked");
}

TEST_CASE("attributes win over the path, and over what a file says") {
  const auto made = [](std::uint16_t flags, std::string_view path) {
    FileChange file;
    file.flags = flags;
    return to_string(made_of(file, path, made_by_path(path)));
  };
  // Whether a file is generated, which a lock file is, and whether it is vendored are two questions to Linguist.
  CHECK(made(attribute_not_generated, "package-lock.json") == "authored");
  CHECK(made(attribute_not_vendored, "package-lock.json") == "locked");
  CHECK(made(attribute_not_generated, "vendor/package-lock.json") == "vendored");
  CHECK(made(attribute_not_vendored, "vendor/package-lock.json") == "locked");
  CHECK(made(attribute_not_vendored, "vendor/dist/a.js") == "generated");
  CHECK(made(attribute_not_generated, "dist/vendor/a.js") == "vendored");
  CHECK(made(attribute_not_vendored | says_generated, "vendor/a.c") == "generated");
  CHECK(made(attribute_not_generated | says_generated, "vendor/a.c") == "vendored");
  CHECK(made(attribute_not_generated | attribute_not_vendored | says_generated, "vendor/a.min.js") == "authored");
  CHECK(made(attribute_generated | attribute_not_vendored, "vendor/a.c") == "generated");
  CHECK(made(attribute_vendored | attribute_not_generated, "yarn.lock") == "vendored");
  CHECK(made(attribute_not_vendored, "vendor/a.c") == "authored");
  CHECK(made(attribute_not_generated, "vendor/a.c") == "vendored");
  CHECK(made(attribute_not_generated | says_generated, "a.min.js") == "authored");
  CHECK(made(says_generated, "a.c") == "generated");
  CHECK(made(attribute_vendored, "a.c") == "vendored");
  CHECK(made(module | attribute_vendored, "a") == "submodules");
  CHECK(made(pointer, "dist/a") == "pointers");
}

TEST_CASE("messages name requests, reverts and reviewers") {
  const auto commit = [](std::string subject, std::vector<std::string> notes = {}) {
    Commit made;
    made.subject = std::move(subject);
    made.notes = std::move(notes);
    return made;
  };
  CHECK(request_of(commit("Merge pull request #12 from a/b")) == 12);
  CHECK(request_of(commit("Add b (#7)")) == 7);
  CHECK(request_of(commit("Merged in x (pull request #9)")) == 9);
  CHECK(request_of(commit("Merge branch 'x'", {"See merge request group/project!31"})) == 31);
  CHECK(request_of(commit("Fix #5 (#6) again")) == 0);
  CHECK(request_of(commit("")) == 0);
  CHECK(request_of(commit("Merge pull request #12")) == 12);
  CHECK(request_of(commit("Take back a (#7) (#8)")) == 8);
  CHECK(request_of(commit("Add b (#7) ")) == 7);
  for (const char* subject :
       {"Fix (#5) again (at last)", "Colour it (#12ab)", "See (#5, #6)", "(#)", "(#7", "Add (#-7)",
        "Add (#99999999999999999999)", "Merge pull request #x", "Say (pull request #9 and more)"})
    CHECK((request_of(commit(subject)) == 0 ? "" : subject) == std::string());
  CHECK(request_of(commit("x", {"See merge request group/project", "see merge request a!3"})) == 0);
  CHECK(says_revert(commit("Revert \"Add b\"")));
  CHECK(says_revert(commit("Undo", {"This reverts commit 1234567."})));
  CHECK_FALSE(says_revert(commit("Reverting is hard")));
  CHECK(says_revert(commit("revert(core): add b")));
  CHECK_FALSE(says_revert(commit("Say so", {"It says: This reverts commit 1234567."})));
}

TEST_CASE("reviewers are named by their mail, or else by their name, and nobody reviews what is their own") {
  const auto reviewers = [](std::vector<std::string> notes) {
    Commit made;
    made.notes = std::move(notes);
    std::string text;
    for (const std::string& who : reviewers_of(made, {"Ann Lee", "ann@a.org"})) text += who + ";";
    return text;
  };
  CHECK(reviewers({"Reviewed-by: B <B@x.org>", "Signed-off-by: C <c@x>", "acked-by: D"}) == "b@x.org;d;");
  CHECK(reviewers({"Reviewed-by: Ann <ANN@a.org>", "Reviewed-by: Ann Lee", "Approved-by:  ann lee "}).empty());
  CHECK(reviewers({"Reviewed-by: Ann Lee <another@a.org>"}) == "another@a.org;");  // who the mail map takes for another
  CHECK(reviewers({"Reviewed-by:", "Reviewed-by: ", "Reviewed-by: <>", "Not-reviewed-by: E"}).empty());
  CHECK(reviewers({"Reviewed-by: >B< <b@x>"}) == ">b< <b@x>;");  // no address that could be told
}

TEST_CASE("bots and formatters are known by their names") {
  CHECK(is_bot({"dependabot[bot]", "x@y"}));
  CHECK(is_bot({"Renovate Bot", "bot@renovateapp.com"}));
  CHECK_FALSE(is_bot({"Abbot", "abbot@example.org"}));
  CHECK(speaks_of_formatting("Run Prettier on all files"));
  CHECK_FALSE(speaks_of_formatting("Prettify the message"));
  for (const char* subject : {"style: black", "Reformatted", "cargo fmt", "Apply isort/yapf", "Ruff format, part 2"})
    CHECK((speaks_of_formatting(subject) ? "" : subject) == std::string());
  for (const char* subject : {"Blacklist a host", "Add a blackboard", "Gofmtlike output", "Read reformatters", ""})
    CHECK((speaks_of_formatting(subject) ? subject : "") == std::string());
  for (const Person& person :
       {Person{"a", "49699333+dependabot[bot]@users.noreply.github.com"}, Person{"Renovate", "a@b"},
        Person{"weblate", "hosted@weblate.org"}, Person{"GitHub-Actions", "x"}})
    CHECK((is_bot(person) ? "" : person.name) == std::string());
  for (const Person& person :
       {Person{"Ann", "ann@renovated-homes.example"}, Person{"A. Weblater", "a@b"}, Person{"", ""}})
    CHECK((is_bot(person) ? person.mail : "") == std::string());
}

}  // namespace
}  // namespace cascade::metrics
