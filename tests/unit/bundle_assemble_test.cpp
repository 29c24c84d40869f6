#include <cascade/bundle.h>

#include <catch2/catch.hpp>

#include "unit/bundle_library.h"

namespace cascade {
namespace {

using test::Library;
using test::omissions_of;
using test::pieces_of;

// So many that a mark costs less.
const std::string more_words =
    "more words that are said here so that a mark costs less than what it stands for, which is what a budget is about";

const char* const review = R"(
    skill:review -> agent:linter agent:planner
    | Read the change before the description.
    | ## Steps
    | Look at the tests first.
    | ## Proof
    | Name the line that is wrong.
    agent:linter -> command:lint
    | You find style faults.
    | ## Method
    | Run it on changed files only.
    agent:planner
    | You plan.
    command:lint
    | Run the linter.
)";

}  // namespace

TEST_CASE("a skill's bundle holds the skill and cards of its agents") {
  const Library library(review);
  const Bundle bundle = library.bundle("skill:review");
  CHECK(bundle.status == PackingStatus::ok);
  CHECK(pieces_of(library, bundle) ==
        "skill:review(card) skill:review(lead) skill:review#Steps skill:review#Proof agent:linter(card) "
        "agent:planner(card)");
  CHECK(omissions_of(library, bundle) == "");
}

TEST_CASE("an agent's bundle holds the agent, cards of its commands, and exactly its tools") {
  std::vector<Manifest> manifests =
      test::manifests_of("agent:linter -> command:lint\ncommand:lint\nskill:x -> agent:linter");
  manifests[0].tools = {*ToolName::parse("Read"), *ToolName::parse("Grep")};
  manifests[1].tools = {*ToolName::parse("Write")};
  const Library library(std::move(manifests), {}, TokenCounter::estimating());
  const Bundle bundle = library.bundle("agent:linter");
  CHECK(pieces_of(library, bundle) == "agent:linter(card) command:lint(card)");
  std::string tools;
  for (const ToolName& tool : bundle.tools) tools += to_string(tool) + " ";
  CHECK(tools == "Grep Read ");
}

TEST_CASE("a greater depth takes the next layer in full") {
  const Library library(review);
  CHECK(pieces_of(library, library.bundle("skill:review", unlimited, 1)) ==
        "skill:review(card) skill:review(lead) skill:review#Steps skill:review#Proof agent:linter(card) "
        "agent:linter(lead) agent:linter#Method agent:planner(card) agent:planner(lead) command:lint(card)");
}

TEST_CASE("the text is the heads and the sections as they stand in their files") {
  const Library library(review);
  CHECK(text(library.bundle("agent:linter")) ==
        "=== agent: linter ===\nWhen to use: Does linter.\nIn full\n\n"
        "You find style faults.\n\n"
        "## Method\nRun it on changed files only.\n\n"
        "=== command: lint ===\nWhen to use: Does lint.\nCard only; in full 4 tokens\n\n");
}

TEST_CASE("a budget keeps the lead and drops what is worth least for its cost") {
  const Library library(review);
  const Bundle all = library.bundle("skill:review");
  const Bundle less = library.bundle("skill:review", all.cost.tokens - 1);
  CHECK(less.status == PackingStatus::ok);
  CHECK(less.cost.tokens < all.cost.tokens);
  CHECK(pieces_of(library, less).find("skill:review(card) skill:review(lead)") == 0);
  CHECK(!less.omissions.empty());
  CHECK(less.certificate.value <= less.certificate.upper_bound);
}

TEST_CASE("what is left out is priced: exactly that much more brings it in") {
  const Library library(review);
  const Bundle all = library.bundle("skill:review");
  const Bundle less = library.bundle("skill:review", all.cost.tokens - 1);
  REQUIRE(less.omissions.size() == 1);
  CHECK(less.omissions[0].shortfall.tokens >= 1);  // estimates of parts add up to a little more than that of the whole
  CHECK(less.omissions[0].shortfall.tokens <= 8);
  CHECK(library.bundle("skill:review", all.cost.tokens - 1 + less.omissions[0].shortfall.tokens).omissions.empty());
}

TEST_CASE("the price of a closed manifest's section includes its head") {
  const Library library("skill:a -> agent:b\n| A.\nagent:b\n| B is here.\n| ## More\n| Text of more.\n");
  const Bundle tight = library.bundle("skill:a", library.bundle("skill:a", 1).min_budget.tokens, 1);
  REQUIRE(tight.omissions.size() == 3);
  CHECK(omissions_of(library, tight).find("agent:b(card)=budget") == 0);
  CHECK(tight.omissions[1].shortfall.tokens > tight.omissions[0].shortfall.tokens);
}

TEST_CASE("what must be in and does not fit is infeasible, and the least budget does fit") {
  const Library library(review);
  const Bundle tight = library.bundle("skill:review", 5);
  CHECK(tight.status == PackingStatus::infeasible);
  CHECK(tight.pieces.empty());
  CHECK(library.bundle("skill:review", tight.min_budget.tokens).status == PackingStatus::ok);
  CHECK(library.bundle("skill:review", tight.min_budget.tokens - 1).status == PackingStatus::infeasible);
}

TEST_CASE("required manifests come along whatever the budget, as cards when they are a layer below") {
  const Library library("skill:a -> agent:b(required)\n| A.\nagent:b\n| B.\n");
  const Bundle least = library.bundle("skill:a", library.bundle("skill:a", 1).min_budget.tokens);
  CHECK(pieces_of(library, least) == "skill:a(card) skill:a(lead) agent:b(card)");
}

TEST_CASE("manifests that exclude each other are a conflict under any budget") {
  const Library library("skill:a !skill:b\n| A.\nskill:b\n| B.\n");
  const Bundle bundle = library.bundle("skill:a skill:b");
  CHECK(bundle.status == PackingStatus::conflict);
  REQUIRE(bundle.clash.size() == 2);
  CHECK(to_string(bundle.clash[0]) + " " + to_string(bundle.clash[1]) == "skill:a skill:b");
}

TEST_CASE("a text that two manifests share is paid and emitted once") {
  const Library library("skill:a -> agent:b\n| A.\n| ## Rules\n| The same rules for all, " + more_words + "\n" +
                        "agent:b\n| B.\n| ## Rules\n| The same rules for all, " + more_words + "\n");
  const Bundle bundle = library.bundle("skill:a", unlimited, 1);
  CHECK(pieces_of(library, bundle) ==
        "skill:a(card) skill:a(lead) skill:a#Rules agent:b(card) agent:b(lead) agent:b(same)");
  CHECK(text(bundle).find("[same \"Rules\" as above: skill:a#Rules]") != std::string::npos);
  CHECK(omissions_of(library, bundle) == "agent:b#Rules=duplicate");
  CHECK(library.counter().count(text(bundle)) == bundle.cost);
}

TEST_CASE("what the conversation holds is left out and costs nothing") {
  const Library library(review);
  const Bundle first = library.bundle("skill:review");
  const auto hold = [&](std::size_t count) {
    return [&first, count](BundleRequest& request) {
      for (std::size_t i = 0; i < count; ++i) request.already_loaded.push_back(first.pieces[i].content_hash);
    };
  };
  const Bundle rest = library.bundle("skill:review", unlimited, 0, hold(2));
  CHECK(pieces_of(library, rest) ==
        "skill:review(card) skill:review#Steps skill:review#Proof agent:linter(card) agent:planner(card)");
  CHECK(rest.pieces[0].text == "=== skill: review (continued) ===\n\n");
  CHECK(omissions_of(library, rest) == "skill:review(card)=already_loaded skill:review(lead)=already_loaded");

  const Bundle nothing = library.bundle("skill:review", unlimited, 0, hold(first.pieces.size()));
  CHECK(nothing.status == PackingStatus::ok);
  CHECK(text(nothing).empty());
  CHECK(nothing.cost == Cost{});
}

TEST_CASE("relevance decides which section stays") {
  const Library library("skill:a\n| A.\n| ## One\n| Some words here: " + more_words +
                        "\n| ## Two\n| Some words here, too: " + more_words + "\n");
  const std::uint32_t tight = library.bundle("skill:a").cost.tokens - 1;
  const auto favour = [](std::uint32_t section) {
    return [section](BundleRequest& request) {
      request.relevance = [section](ManifestId, std::uint32_t at) { return at == section ? 1000U : 0U; };
    };
  };
  CHECK(pieces_of(library, library.bundle("skill:a", tight, 0, favour(1))) ==
        "skill:a(card) skill:a(lead) skill:a#One skill:a(cut)");
  CHECK(pieces_of(library, library.bundle("skill:a", tight, 0, favour(2))) ==
        "skill:a(card) skill:a(lead) skill:a(cut) skill:a#Two");
}

TEST_CASE("a section that does not fit comes without its code") {
  const Library library("skill:a\n| A.\n| ## Run\n| Call it like this, with " + more_words +
                        "\n|\n| ```\n| tool --one --two --three --four --five --six\n| " + more_words +
                        "\n| ```\n|\n| Then look.\n");
  const Bundle bundle = library.bundle("skill:a", library.bundle("skill:a").cost.tokens - 1);
  CHECK(pieces_of(library, bundle) == "skill:a(card) skill:a(lead) skill:a(prose)");
  CHECK(text(bundle).find("--three") == std::string::npos);
  CHECK(omissions_of(library, bundle).find("skill:a#Run=budget+") == 0);
}

TEST_CASE("a step that a report asks for comes with the heading that it stands under") {
  const Library library("skill:a\n| ## Start\n| ### Step 1\n| Read it all, " + more_words +
                        "\n| ### Step 2\n| Do it.\n| ## Output\n| Say it.\n");
  for (std::uint32_t tokens = 20; tokens < 120; ++tokens) {
    const Bundle bundle = library.bundle("skill:a", tokens);
    const std::string shown = text(bundle);
    if (shown.find("### Step") != std::string::npos) CHECK(shown.find("## Start\n") != std::string::npos);
  }
}

TEST_CASE("a long section that does not fit comes as its first two thirds, or its first third") {
  std::string body = "skill:a\n| Lead.\n| ## Notes\n";
  for (int i = 0; i < 30; ++i) body += "| " + std::string(200, static_cast<char>('A' + i % 26)) + "\n|\n";
  const Library library(body);
  std::string forms;
  for (const std::uint32_t share : {45U, 85U, 110U}) {
    const Bundle bundle = library.bundle("skill:a", library.bundle("skill:a").cost.tokens * share / 100);
    forms += pieces_of(library, bundle) + "\n";
    CHECK((share > 100) == (text(bundle).find("[cut: ") == std::string::npos));
  }
  CHECK(forms ==
        "skill:a(card) skill:a(lead) skill:a(third)\nskill:a(card) skill:a(lead) skill:a(beginning)\n"
        "skill:a(card) skill:a(lead) skill:a#Notes\n");
}

TEST_CASE("room that is left is filled; what was asked for is whole, and its names have their lines") {
  const Library library("skill:a -> agent:b agent:c(mentioned)\n| A.\n| ## Run\n| Ask `c` first, with " + more_words +
                        "\n|\n| ```\n| tool --one --two --three --four --five --six\n| " + more_words +
                        "\n| ```\n|\n| Then look.\nagent:b\n| ## Steps\n| Do it, with " + more_words +
                        "\nagent:c\n| C.\n");
  const auto fills = [](BundleRequest& request) { request.fills = true; };
  CHECK(pieces_of(library, library.bundle("skill:a", 4000, 3, fills)) ==
        "skill:a(card) skill:a(lead) skill:a#Run agent:b(card) agent:b#Steps agent:b(name) agent:c(name)");
}

TEST_CASE("a name that several manifests have is explained by all of them") {
  const Library library(
      "skill:a -> agent:helper(mentioned,prose)\n| Ask the helper.\nagent:x:helper @x\n| X.\nagent:y:helper @y\n| "
      "Y.\n");
  const Bundle bundle = library.bundle("skill:a");
  CHECK(text(bundle).find("=== not here; cascade show NAME ===\n"
                          "agent:helper is one of agent:x:helper, agent:y:helper\n") != std::string::npos);
}

TEST_CASE("a name that the author writes otherwise than the manifest is told, unless the head ends with it") {
  const std::string bodies = "\n| Use it.\n";
  const Library library("skill:a -> agent:tests:run-tests(mentioned)" + bodies + "agent:tests:run-tests +check +tests" +
                        "\n| Does it.\nskill:b -> agent:tests:write-tests(mentioned)" + bodies +
                        "agent:tests:write-tests +write-tests +tests:write-tests +tests-write-tests\n| Does it.\n");
  CHECK(text(library.bundle("skill:a")).find("\nagent:tests:run-tests (also check, tests)\n") != std::string::npos);
  CHECK(text(library.bundle("skill:a agent:tests:run-tests")).find("\nagent:tests:run-tests (also check, tests)\n") !=
        std::string::npos);
  CHECK(text(library.bundle("skill:b")).find("\nagent:tests:write-tests\n") != std::string::npos);
}

TEST_CASE("two roots that share a text are filled, too") {
  const Library library("skill:a\n| A.\n| ## Rules\n| " + more_words + "\nskill:b\n| B.\n| ## Rules\n| " + more_words +
                        "\n");
  const auto fills = [](BundleRequest& request) { request.fills = true; };
  CHECK(pieces_of(library, library.bundle("skill:a skill:b", 4000, 3, fills)) ==
        "skill:a(card) skill:a(lead) skill:a#Rules skill:b(card) skill:b(lead) skill:b(same)");
}

TEST_CASE("a root's lead that does not fit gives way to a mark") {
  const std::string long_words = more_words + " " + more_words + " " + more_words;
  const Library library("skill:a\n| " + long_words + " " + long_words + ".\n| ## Steps\n| Look at the log.\n");
  const Bundle bundle = library.bundle("skill:a", 70);
  CHECK(pieces_of(library, bundle) == "skill:a(card) skill:a(cut) skill:a#Steps");
  CHECK(library.bundle("skill:a", 20).status == PackingStatus::infeasible);
}

TEST_CASE("what is to be part of a larger bundle has nothing that this one lacks, where that costs little") {
  const Library library("skill:a\n| A.\n| ## One\n| Same length a, " + more_words + "\n| ## Two\n| Same length b, " +
                        more_words + "\n| ## Steps\n| Do it. " + more_words + " " + more_words + "\n");
  const std::uint32_t tight = library.bundle("skill:a").cost.tokens - 1;
  const Bundle free = library.bundle("skill:a", tight);
  CHECK(pieces_of(library, free) == "skill:a(card) skill:a(lead) skill:a#One skill:a(cut) skill:a#Steps");
  CHECK_FALSE(free.nested);
  std::vector<std::uint64_t> larger;
  for (const char* heading : {"Two", "Steps"})
    for (std::uint32_t i = 0; i < library.registry().whole_sections(ManifestId{0}); ++i)
      if (library.registry().section(ManifestId{0}, i).heading == heading)
        larger.push_back(library.registry().section(ManifestId{0}, i).content_hash);
  for (const Piece& piece : free.pieces)
    if (piece.form == Form::card || piece.form == Form::lead) larger.push_back(piece.content_hash);
  const Bundle part = library.bundle("skill:a", tight, 0, [&](BundleRequest& request) { request.within = larger; });
  CHECK(pieces_of(library, part) == "skill:a(card) skill:a(lead) skill:a(cut) skill:a#Two skill:a#Steps");
  CHECK(part.nested);
  CHECK(part.certificate.upper_bound >= free.certificate.value);
  larger.erase(larger.begin(), larger.begin() + 2);  // neither Two nor Steps: too much would be lost
  CHECK_FALSE(library.bundle("skill:a", tight, 0, [&](BundleRequest& request) { request.within = larger; }).nested);
  const Bundle dear = library.bundle("skill:a", tight, 0, [&](BundleRequest& request) {
    request.within = larger;
    request.most_lost_ppm = 1'000'000;
  });
  CHECK(dear.nested);
  CHECK(pieces_of(library, dear) == "skill:a(card) skill:a(lead) skill:a(cut)");
  CHECK(dear.certificate.gap_ppm > 50'000);
}

TEST_CASE("what is to hold a smaller bundle has all that it has, or longer forms of it") {
  const Library library("skill:a\n| A.\n| ## One\n| First, " + more_words + "\n| ## Steps\n| Do it. " + more_words +
                        " " + more_words + "\n");
  const std::string with_one = "skill:a(card) skill:a(lead) skill:a#One skill:a(cut)";
  const std::uint32_t tight = library.bundle("skill:a").cost.tokens - 1;
  CHECK(pieces_of(library, library.bundle("skill:a", tight)) ==
        "skill:a(card) skill:a(lead) skill:a(cut) skill:a#Steps");
  std::uint32_t room = tight;
  while (room > 0 && pieces_of(library, library.bundle("skill:a", room)) != with_one) --room;
  REQUIRE(room > 0);
  std::vector<std::uint64_t> small;
  for (const Piece& piece : library.bundle("skill:a", room).pieces)
    if (piece.content_hash != 0) small.push_back(piece.content_hash);
  const auto holding = [&](std::uint32_t tokens, std::uint32_t most_lost_ppm) {
    return library.bundle("skill:a", tokens, 0, [&](BundleRequest& request) {
      request.containing = small;
      request.most_lost_ppm = most_lost_ppm;
    });
  };
  CHECK(pieces_of(library, holding(tight, 1'000'000)) == with_one);
  CHECK(holding(tight, 1'000'000).nested);
  CHECK_FALSE(holding(tight, 0).nested);
  CHECK(holding(unlimited, 0).nested);
  small.push_back(1);  // which nothing has
  CHECK_FALSE(holding(tight, 1'000'000).nested);
}

TEST_CASE("without shorter forms sections come whole or not at all") {
  const Library library("skill:a\n| A.\n| ## Run\n| Call it like this, with " + more_words +
                        "\n|\n| ```\n| tool --one --two --three --four --five --six\n| " + more_words +
                        "\n| ```\n|\n| Then look.\n");
  const Bundle bundle = library.bundle("skill:a", library.bundle("skill:a").cost.tokens - 1, 0,
                                       [](BundleRequest& request) { request.shortens = false; });
  CHECK(pieces_of(library, bundle) == "skill:a(card) skill:a(lead) skill:a(cut)");
}

TEST_CASE("what the steps call first is worth more than what they call later") {
  const Library library("skill:a -> agent:z agent:b\n| A.\nagent:z\n| ## Steps\n| " + more_words +
                        "!\nagent:b\n| ## Steps\n| " + more_words + "?\n");
  const Bundle bundle = library.bundle("skill:a", unlimited, 1);
  std::vector<std::uint64_t> values;
  for (const Piece& piece : bundle.pieces)
    if (piece.form == Form::section) values.push_back(piece.value);
  REQUIRE(values.size() == 2);
  CHECK(values[1] == values[0] * 98 / 100);
}

TEST_CASE("a command that a skill calls itself is as near as an agent, and takes its place among what is called") {
  const std::string steps = "| ## Steps\n| " + more_words;
  const auto value_of_command = [&](const std::string& calls, const std::string& calls_of_b) {
    const Library library("skill:a -> " + calls + "\n| A.\nagent:b" + calls_of_b + "\n| B.\nagent:c\n" + steps +
                          "?\ncommand:run\n" + steps + "!\n");
    for (const Bundle bundle = library.bundle("skill:a", unlimited, 1); const Piece& piece : bundle.pieces)
      if (test::name_of(library.registry(), piece.id) == "command:run" && piece.form == Form::section)
        return piece.value;
    return std::uint64_t{0};
  };
  const std::uint64_t first = value_of_command("command:run agent:c", "");
  REQUIRE(first > 0);
  CHECK(value_of_command("agent:c command:run", "") == first * 98 / 100);
  CHECK(value_of_command("agent:c agent:b command:run", "") == first * 96 / 100);
  CHECK(value_of_command("agent:b", " -> command:run") < first * 2 / 3);
}

TEST_CASE("the lead of a command is its procedure where no heading names one") {
  const std::string lead = "| The arguments hold the number.\n|\n| 1. " + more_words + "\n| 2. Print it.\n";
  const auto value_of_lead = [&](const std::string& of, const std::string& more) {
    const Library library(of + "\n" + lead + more);
    for (const Bundle bundle = library.bundle(of, unlimited, 1); const Piece& piece : bundle.pieces)
      if (piece.form == Form::lead) return piece.value;
    return std::uint64_t{0};
  };
  CHECK(value_of_lead("command:run", "") > value_of_lead("command:run", "| ## Steps\n| Other.\n") * 2);
  CHECK(value_of_lead("skill:run", "") < value_of_lead("skill:run", "| ## Steps\n| Other.\n") * 2);
}

TEST_CASE("the last choice is kept when it is nearly as good") {
  const Library library("skill:a\n| A.\n| ## One\n| Same length a, " + more_words + "\n| ## Two\n| Same length b, " +
                        more_words + "\n");
  const std::uint32_t tight = library.bundle("skill:a").cost.tokens - 1;
  CHECK(pieces_of(library, library.bundle("skill:a", tight)) == "skill:a(card) skill:a(lead) skill:a#One skill:a(cut)");
  const std::uint64_t second = library.registry().section(ManifestId{0}, 2).content_hash;
  const Bundle kept = library.bundle("skill:a", tight, 0, [&](BundleRequest& request) { request.previous = {second}; });
  CHECK(pieces_of(library, kept) == "skill:a(card) skill:a(lead) skill:a(cut) skill:a#Two");
  CHECK(kept.certificate.value <= kept.certificate.upper_bound);
}

TEST_CASE("a file that cannot be read is an error, not a shorter bundle") {
  const Library library(review);
  Request request;
  request.roots = {*Symbol::parse("skill:review")};
  BundleRequest wanted;
  wanted.resolution = *resolve(library.registry(), request);
  const auto bundle = assemble(library.registry(), wanted, library.counter(),
                               [](const ManifestView&, const SectionView&) -> Result<std::string> {
                                 return Error{ErrorCode::stale, "changed", "skills/review/SKILL.md", ""};
                               });
  REQUIRE(!bundle);
  CHECK(bundle.error().code == ErrorCode::stale);
}

}  // namespace cascade
