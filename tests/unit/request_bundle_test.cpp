// From roots or a prompt and limits to a bundle, on a library in a folder.
#include <catch2/catch.hpp>

#include "request/task.h"
#include "unit/library_folder.h"

namespace cascade::request {
namespace {

using test::LibraryFolder;

constexpr const char* review =
    "---\nname: review\ndescription: Reviews a change. Use when a branch is ready to merge.\n---\n\nRead the tests "
    "before the code.\n\n## Steps\n\nAsk for the reason of each change.\n";

// "ok 4000", the status and the limit in tokens; "-" for none.
std::string budgeted(const LibraryFolder& library, const Limits& limits) {
  const Workspace workspace = library.open();
  Task task;
  if (const auto set = set_budget(workspace, limits, task); !set) return set.error().message;
  const TokenCount limit = task.bundle.budget.limit.tokens;
  return limit == unlimited ? "-" : std::to_string(limit);
}

std::string model_of(const std::string& name) {
  const auto model = find_model(name);
  if (!model) return model.error().message + "; " + model.error().help.substr(0, 9);
  return *model ? (**model).name : "none";
}

TEST_CASE("a limit is what was given, else what cascade.yaml prefers, else none") {
  const LibraryFolder library{{"skills/review/SKILL.md", review}};
  CHECK(budgeted(library, {}) == "-");
  CHECK(budgeted(library, {{}, TokenLimit{4000, 0}, {}}) == "4000");
  CHECK(budgeted(library, {{}, TokenLimit{0, 0}, {}}) == "0");
  library.write("cascade.yaml", "budget: 300\n");
  CHECK(budgeted(library, {}) == "300");
  CHECK(budgeted(library, {{}, TokenLimit{4000, 0}, {}}) == "4000");
}

TEST_CASE("a model's tokens become o200k tokens; a share needs a window that is known") {
  const LibraryFolder library{{"skills/review/SKILL.md", review}};
  const TokenModel half{"half", 2000, 0}, wide{"wide", 1000, 200'000};
  CHECK(budgeted(library, {half, TokenLimit{4000, 0}, {}}) == "2000");
  CHECK(budgeted(library, {wide, TokenLimit{0, 20'000}, {}}) == "4000");
  CHECK(budgeted(library, {half, TokenLimit{0, 20'000}, {}}) ==
        "a share of the window needs a model whose window is known");
  CHECK(budgeted(library, {{}, TokenLimit{0, 20'000}, {}}) ==
        "a share of the window needs a model whose window is known");
}

TEST_CASE("a model is found by name, no name is not a model, an unknown one is misuse") {
  CHECK(model_of("") == "none");
  CHECK(model_of("opus") != "none");
  CHECK(model_of("zeppelin") == "unknown model 'zeppelin'; known are");
}

TEST_CASE("a file that changed since it was indexed is read again, once") {
  const LibraryFolder library{{"skills/review/SKILL.md", review}};
  Workspace workspace = library.open();
  Task task;
  task.request.roots = {{Kind::skill, "review"}};
  library.write("skills/review/SKILL.md", "---\nname: review\ndescription: Other.\n---\n\nSay what was found.\n");
  const auto early = assemble_task(workspace, task);
  REQUIRE_FALSE(early);
  CHECK(early.error().code == ErrorCode::stale);
  int runs = 0;
  const auto bundle = with_refresh(workspace, [&] { return ++runs, assemble_task(workspace, task); });
  REQUIRE(bundle);
  CHECK(runs == 2);
  CHECK(text(*bundle).find("Say what was found.") != std::string::npos);
}

TEST_CASE("what is followed is named by three words") {
  CHECK(parse_follow("required") == Strength::required);
  CHECK(parse_follow("invoked") == Strength::invoked);
  CHECK(parse_follow("mentioned") == Strength::mentioned);
  CHECK_FALSE(parse_follow("excluded"));
  CHECK_FALSE(parse_follow(""));
}

}  // namespace
}  // namespace cascade::request
