#include <catch2/catch.hpp>

#include "unit/route_text.h"

namespace cascade {
namespace {

using test::first_of;
using test::Library;
using test::library_of;
using test::names_of;
using test::query_of;

const char* const trade = R"(
skill:kubernetes-deploy | Rolls a service out to a Kubernetes cluster. Use when a deployment has to reach pods. | ship to the cluster
skill:image-painter | Paints pictures and illustrations from a description. | draw a picture
skill:flaky-tests | Finds out why a test is unreliable. Use when a suite is red on one run and green on the next. | test passes on retry
skill:release-notes | Writes the changelog of a release from its commits. | what changed since the last version
skill:login-sessions | Reviews cookies, tokens and logout. Use when an authentication flow is built. | session security
command:swarm | |
command:swarm-start | |
command:swarm-status | |
command:swarm-stop | |
agent:postgres-expert | Tunes PostgreSQL queries, indexes and schemas. |
)";

}  // namespace

TEST_CASE("the words of names, triggers and descriptions find a manifest") {
  const Library library = library_of(trade);
  const Router router = library.router();
  CHECK(first_of(library, router, "write the release notes") == "release-notes");
  CHECK(first_of(library, router, "is our logout secure") == "login-sessions");
  CHECK(first_of(library, router, "please draw a picture of our mascot") == "image-painter");
}

TEST_CASE("people's words find what the library says in others") {
  const Library library = library_of(trade);
  const Router router = library.router();
  CHECK(first_of(library, router, "the suite fails every third time although nobody changed anything") ==
        "flaky-tests");
  CHECK(first_of(library, router, "crashloopbackoff since this morning") == "kubernetes-deploy");
  CHECK(first_of(library, router, "users get logged out all the time") == "login-sessions");
  CHECK(first_of(library, router, "this select takes nine seconds") == "postgres-expert");
}

TEST_CASE("a concept that no name, trigger or description of the library has does nothing") {
  const Library library = library_of("skill:bread | Bakes bread. |\nskill:soup | Cooks soup. |\n");
  CHECK(names_of(library, library.router().rank(query_of("my pods crash and the build is red"))) == "");
}

TEST_CASE("misspelt words are understood") {
  const Library library = library_of(trade);
  const Router router = library.router();
  CHECK(first_of(library, router, "relase nots please") == "release-notes");
  CHECK(first_of(library, router, "deploy to kubernets") == "kubernetes-deploy");
  CHECK(first_of(library, router, "tune my postgers quries") == "postgres-expert");
}

TEST_CASE("a skill that is called like its plugin, or that has its plugin's name in front, is found by its name") {
  const Library library = library_of(
      "skill:gizmo @gizmo | Does one thing. |\nskill:gizmo:widget @gizmo | Does another. |\nskill:gizmoring @gizmo | "
      "Does "
      "a "
      "third. |");
  const Router router = library.router();
  CHECK(first_of(library, router, "use the gizmo skill") == "gizmo");
  CHECK(first_of(library, router, "use the widget skill") == "gizmo:widget");
  CHECK(first_of(library, router, "use the gizmoring skill") == "gizmoring");
}

TEST_CASE("siblings are told apart by the words that differ") {
  const Library library = library_of(trade);
  const Router router = library.router();
  CHECK(first_of(library, router, "what is the swarm doing right now") == "swarm-status");
  CHECK(first_of(library, router, "shut the swarm down") == "swarm-stop");
  CHECK(first_of(library, router, "set up a swarm") == "swarm-start");
}

TEST_CASE("a slash, an at sign or a word for its kind calls a manifest whatever else is said") {
  const Library library = library_of(trade);
  const Router router = library.router();
  CHECK(first_of(library, router, "/swarm-status write the release notes") == "swarm-status");
  CHECK(first_of(library, router, "@postgres-expert write the release notes") == "postgres-expert");
  CHECK(first_of(library, router, "use the image-painter skill for the release notes") == "image-painter");
  CHECK(first_of(library, router, "use the image painter skill for the release notes") == "image-painter");
  CHECK(router.rank(query_of("/swarm")).decision == Decision::load);
  CHECK(first_of(library, router, "open src/swarm/release.cpp and the notes of the release") == "release-notes");
}

TEST_CASE("an at sign calls an agent, a slash what is none") {
  const Library library = library_of(
      "agent:change-splitter | Splits a change into slices. |\nskill:change-splitting | Splits a change into slices. "
      "|\n");
  const Router router = library.router();
  CHECK(first_of(library, router, "@change-splitter look at this branch") == "change-splitter");
  CHECK(first_of(library, router, "/change-splitting look at this branch") == "change-splitting");
}

TEST_CASE("a call says which kind it means where several have the name") {
  const Library library = library_of(
      "skill:lint | Lints everything there is to lint, lint after lint. | lint it |\nagent:lint | Helps. |\n"
      "command:linter | Runs it. |\n");
  const Router router = library.router();
  const auto first = [&](const std::string& prompt) {
    return std::string(to_string(library.registry[router.rank(query_of(prompt, 1)).ranked.at(0).id].kind));
  };
  CHECK(first("@lint look at this") == "agent");
  CHECK(first("use the lint agent") == "agent");
  CHECK(first("use the lint skill") == "skill");
  CHECK(first("run the linter command") == "command");
  CHECK(first("/lint now") != "agent");
}

TEST_CASE("what is ruled out by name does not win") {
  const Library library = library_of(
      "skill:istio-mesh | Configures the Istio service mesh. |\nskill:linkerd-mesh | Configures a light service mesh. "
      "|\n");
  const Router router = library.router();
  CHECK(first_of(library, router, "a service mesh, istio") == "istio-mesh");
  CHECK(first_of(library, router, "a service mesh but not istio") == "linkerd-mesh");
}

TEST_CASE("kinds that were not asked for are left out") {
  const Library library = library_of(trade);
  Query query = query_of("tune postgres for the release notes");
  query.kinds = {Kind::skill};
  CHECK(names_of(library, library.router().rank(query)).find("postgres-expert") == std::string::npos);
}

TEST_CASE("what needs something that the workspace lacks is not offered") {
  std::string text = "skill:images | Builds container images. |\nskill:charts | Draws charts. |\n";
  Library library = library_of(text);
  std::vector<Manifest> manifests = test::manifests_of("skill:images\nskill:charts\n");
  manifests[0].description = "Builds container images.";
  manifests[0].fields.push_back({"metadata.cascade-requires-all", "bin:docker", {}, false});
  library.registry = Registry::build(manifests);
  Query query = query_of("build the container image");
  CHECK(names_of(library, library.router().rank(query)) == "images");
  query.lacking = {"bin:docker"};
  CHECK(names_of(library, library.router().rank(query)) == "");
}

TEST_CASE("files at hand speak for manifests about their languages, and never against silence") {
  const Library library = library_of(
      "skill:python-style | Python style guide: naming, imports, docstrings. |\n"
      "skill:rust-style | Rust style guide: naming, imports, doc comments. |\n");
  const Router router = library.router();
  const auto first = [&](const std::string& prompt, std::vector<std::string> paths) {
    Query query = query_of(prompt, 1);
    query.paths = std::move(paths);
    return names_of(library, router.rank(query));
  };
  CHECK(first("which style for naming and imports?", {"src/main.rs", "Cargo.toml"}) == "rust-style");
  CHECK(first("which style for naming and imports?", {"app.py"}) == "python-style");
  CHECK(first("which python style for imports?", {"src/main.rs"}) == "python-style");
  CHECK(first("zeppelin", {"src/main.rs"}).empty());
}

TEST_CASE("what is active already is met with silence, unless it is called") {
  const Library library = library_of("skill:review | Reviews a change before it is merged. | review my pull request\n");
  const Router router = library.router();
  Query query = query_of("review my pull request before the merge", 1);
  CHECK(router.rank(query).decision != Decision::silence);
  query.active = {{Kind::skill, "review"}};
  CHECK(router.rank(query).decision == Decision::silence);
  CHECK(first_of(library, router, query.text.data()) == "review");
  query.text = "use the review skill";
  CHECK(router.rank(query).decision == Decision::load);
}

TEST_CASE("an overlay's phrases count as triggers") {
  const Library library = library_of("skill:alpha | Does one thing. |\nskill:beta | Does another thing. |\n");
  RouterOptions options;
  options.overlays.push_back({{Kind::skill, "beta"}, {"feed the aquarium fish"}});
  CHECK(first_of(library, library.router(), "feed the fish in the aquarium") == "");
  CHECK(first_of(library, library.router(options), "feed the fish in the aquarium") == "beta");
}

TEST_CASE("of phrases for every occasion the first two thousand characters count") {
  std::string many;
  for (int i = 0; i < 300; ++i) many += "occasion " + std::to_string(i) + "; ";
  const auto library = [](const std::string& triggers) {
    return library_of("skill:greedy | Does it. | " + triggers + "\nskill:other | Sorts stamps by country. |");
  };
  const auto found = [](const Library& of) {
    return !of.router().rank(query_of("please ventilate the greenhouse")).ranked.empty();
  };
  CHECK(found(library("ventilate the greenhouse; " + many)));
  CHECK_FALSE(found(library(many + "ventilate the greenhouse")));
}

TEST_CASE("near-duplicates leave the places behind the best of them to others") {
  const Library library = library_of(R"(
skill:debugging | Finds the cause of a defect in code, step by step, with a debugger and a hypothesis at a time. |
skill:when-debugging-use-debugging | Finds the cause of a defect in code, step by step, with a debugger and a hypothesis at a time. |
skill:logging | Adds logs that help in finding a defect. |
)");
  const std::string names = names_of(library, library.router().rank(query_of("debug this defect in my code")));
  CHECK((names == "debugging logging when-debugging-use-debugging" ||
         names == "when-debugging-use-debugging logging debugging"));
}

TEST_CASE("a skill is worth a part of what it calls") {
  const Library library = library_of(R"(
skill:merging -> agent:merge-worker | Keeps a branch healthy. |
skill:painting -> agent:painter | Keeps a branch healthy. |
agent:merge-worker | Integrates two branches. |
agent:painter | Paints. |
)");
  Query query = query_of("integrate the healthy branch");
  query.kinds = {Kind::skill};
  CHECK(names_of(library, library.router().rank(query)) == "merging painting");
}

TEST_CASE("shadowed manifests and documents are never answers") {
  const Library library = library_of(
      "skill:review scope=project | Reviews changes. |\nskill:review scope=builtin path=other | Reviews changes. |\n"
      "skill:readme document | Reviews changes. |\n");
  CHECK(names_of(library, library.router().rank(query_of("review my changes"))) == "review");
}

TEST_CASE("a section whose headings answer the query is more relevant") {
  std::vector<Manifest> manifests = test::manifests_of("skill:deploy\n");
  manifests[0].sections.resize(3);
  manifests[0].sections[1].path = "Rollback";
  manifests[0].sections[1].shorter_of = 1;
  manifests[0].sections[2].path = "Prices";
  manifests[0].sections[2].shorter_of = 2;
  Library library;
  library.registry = Registry::build(manifests);
  library.bodies["skills/deploy/SKILL.md"] = "rollback and prices";
  const Router router = library.router();
  const auto relevance = router.relevance(query_of("roll back: rollback"));
  CHECK(relevance(ManifestId{0}, 1) > relevance(ManifestId{0}, 2));
  CHECK(router.relevance(query_of(""))(ManifestId{0}, 1) == 500);
}

TEST_CASE("without evidence the answer is the same") {
  const Library library =
      library_of("skill:review | Reviews a change. | review my branch |\nskill:lint | Finds style faults. | |\n");
  const Router router = library.router();
  Query query = query_of("review the style of my branch");
  const Routing with = router.rank(query);
  query.evidence = false;
  const Routing without = router.rank(query);
  REQUIRE(with.ranked.size() == 2);
  REQUIRE(without.ranked.size() == 2);
  CHECK(with.decision == without.decision);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(with.ranked[i].id == without.ranked[i].id);
    CHECK(with.ranked[i].score == without.ranked[i].score);
    CHECK_FALSE(with.ranked[i].evidence.empty());
    CHECK(without.ranked[i].evidence.empty());
  }
}

TEST_CASE("evidence names the words and where they were met") {
  const Library library = library_of(trade);
  const Routing routing = library.router().rank(query_of("postgres", 1));
  REQUIRE(routing.ranked.size() == 1);
  REQUIRE_FALSE(routing.ranked[0].evidence.empty());
  CHECK(routing.ranked[0].evidence[0].term == "postgres");
  CHECK(routing.ranked[0].evidence[0].field == "name");
  CHECK(routing.ranked[0].evidence[0].weight <= routing.ranked[0].score);
}

}  // namespace cascade
