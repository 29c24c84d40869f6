// Which manifests a prompt calls by name, and which it rules out: one prompt a line, as RoutingReport tells it.
#include <catch2/catch.hpp>

#include "unit/route_text.h"

namespace cascade {
namespace {

using test::Library;
using test::library_of;
using test::query_of;

class Mentioned {
 public:
  explicit Mentioned(const std::string& lines) : library_(library_of(lines)), router_(library_.router()) {}

  // "swarm lint": names in the order of the text.
  std::string called(const std::string& prompt) const {
    std::string names;
    for (const ManifestId id : router_.explain(query_of(prompt)).called)
      names += (names.empty() ? "" : " ") + std::string(library_.registry[id].name);
    return names;
  }

  std::string kinds(const std::string& prompt) const {
    std::string kinds;
    for (const ManifestId id : router_.explain(query_of(prompt)).called)
      kinds += (kinds.empty() ? "" : " ") + std::string(to_string(library_.registry[id].kind));
    return kinds;
  }

  std::string ruled_out(const std::string& prompt) const {
    std::string words;
    for (const std::string& word : router_.explain(query_of(prompt)).ruled_out)
      words += (words.empty() ? "" : " ") + word;
    return words;
  }

 private:
  Library library_;
  Router router_;
};

const Mentioned& meshes() {
  static const Mentioned mentioned(R"(
command:swarm | Starts many workers. |
command:swarm-status | Tells what the workers do. |
skill:image-painter | Paints pictures. |
skill:istio-mesh | Configures the Istio service mesh. |
skill:linkerd-mesh | Configures a light service mesh. |
agent:postgres-expert | Tunes queries. |
)");
  return mentioned;
}

}  // namespace

TEST_CASE("a mark at the beginning of a token calls the name behind it") {
  for (const char* prompt :
       {"/swarm", "please run /swarm now", "first this:\n/swarm", "do it (/swarm)", "type `/swarm`"})
    CHECK(std::string(prompt) + ": " + meshes().called(prompt) == std::string(prompt) + ": swarm");
  for (const char* prompt : {"src/swarm", "a-/swarm", "x@swarm", "a swarm", "#swarm", "\"/swarm\""})
    CHECK(std::string(prompt) + ": " + meshes().called(prompt) == std::string(prompt) + ": ");
}

TEST_CASE("a name that goes on is another name") {
  CHECK(meshes().called("/swarm-status") == "swarm-status");
  for (const char* prompt : {"/swarm/main.cpp", "/swarm-main", "/swarm_main"})
    CHECK(std::string(prompt) + ": " + meshes().called(prompt) == std::string(prompt) + ": ");
  CHECK(meshes().called("/swarm.") == "swarm");
  CHECK(meshes().called("/swarm:") == "swarm");
}

TEST_CASE("an at sign means an agent and a slash none, or else whatever bears the name") {
  CHECK(meshes().called("@postgres-expert") == "postgres-expert");
  CHECK(meshes().called("/postgres-expert") == "postgres-expert");
  CHECK(meshes().called("@swarm") == "swarm");
  const Mentioned twins("agent:swarm | Works. |\ncommand:swarm | Starts. |\n");
  CHECK(twins.kinds("@swarm") == "agent");
  CHECK(twins.kinds("/swarm") == "command");
  CHECK(twins.kinds("use the swarm command") == "command");
  CHECK(twins.kinds("use the swarm skill") == "agent command");
  CHECK(meshes().called("/image-painter") == "image-painter");
}

TEST_CASE("a joined name is called by a word in front, a word of its kind alone does not call it") {
  CHECK(meshes().called("use the image-painter skill") == "image-painter");
  CHECK(meshes().called("with your own image-painter skill") == "image-painter");
  CHECK(meshes().called("with all your own image-painter skill") == "image-painter");
  CHECK(meshes().called("image-painter skill") == "");
  CHECK(meshes().called("use image-painter") == "image-painter");
  CHECK(meshes().called("the image-painter skill is old") == "");
  CHECK(meshes().called("run image-painter as a skill") == "image-painter");
  CHECK(meshes().called("use swarm") == "");
  CHECK(meshes().called("why does image-painter fail?") == "");
  CHECK(meshes().called("image-painter") == "image-painter");
}

TEST_CASE("a call that is refused calls nothing") {
  for (const char* prompt :
       {"do not use the image-painter skill", "don't use the image-painter skill", "never run the image-painter skill",
        "don\xE2\x80\x99t call the postgres-expert agent", "please do not invoke your postgres-expert agent"})
    CHECK(std::string(prompt) + ": " + meshes().called(prompt) == std::string(prompt) + ": ");
  CHECK(meshes().called("do not forget to use the image-painter skill") == "image-painter");
  CHECK(meshes().called("if not, use the image-painter skill") == "image-painter");
  CHECK(meshes().called("instead use the image-painter skill") == "image-painter");
  CHECK(meshes().called("/swarm, but do not use the image-painter skill") == "swarm");
}

TEST_CASE("a word of its kind ahead calls a name behind a colon") {
  CHECK(meshes().called("skill: image-painter") == "image-painter");
  CHECK(meshes().called("skill image-painter") == "");
  CHECK(meshes().called("colour: image-painter") == "");
}

TEST_CASE("calls are told in the order of the text, each once") {
  CHECK(meshes().called("/swarm-status, then /swarm, then /swarm-status again") == "swarm-status swarm");
  CHECK(meshes().called("@postgres-expert and /swarm") == "postgres-expert swarm");
}

TEST_CASE("behind a mark a space ends the name") {
  CHECK(meshes().called("/swarm the status") == "swarm");
  CHECK(meshes().called("/swarm, status") == "swarm");
  CHECK(meshes().called("/swarm status") == "swarm");
  CHECK(meshes().called("use the swarm status command") == "swarm-status");
}

TEST_CASE("a name of up to nine words can be called") {
  const Mentioned longest(
      "skill:amber-birch-cedar-delta-ember-fjord-grove-heron-islet | |\n"
      "skill:onyx-birch-cedar-delta-ember-fjord-grove-heron-islet-jade | |\n");
  CHECK(longest.called("use the amber birch cedar delta ember fjord grove heron islet skill") ==
        "amber-birch-cedar-delta-ember-fjord-grove-heron-islet");
  CHECK(longest.called("use the onyx birch cedar delta ember fjord grove heron islet jade skill") == "");
}

TEST_CASE("words that say no rule out the word of a name that follows") {
  for (const char* prompt :
       {"a service mesh but not istio", "a mesh without istio", "a mesh, no istio please", "all except istio",
        "linkerd instead of istio", "linkerd rather than istio", "a mesh other than istio", "don't use istio here",
        "dont use istio here", "don\xE2\x80\x99t use the istio here", "do not use istio", "without using istio",
        "not the istio"})
    CHECK(std::string(prompt) + ": " + meshes().ruled_out(prompt) == std::string(prompt) + ": istio");
  for (const char* prompt : {"istio", "istio instead", "instead istio", "rather istio", "other istio", "don't istio",
                             "not for pictures, istio", "use istio", "please use istio", "we use istio here",
                             "what uses istio", "don't ask, use istio"})
    CHECK(std::string(prompt) + ": " + meshes().ruled_out(prompt) == std::string(prompt) + ": ");
}

TEST_CASE("a loss that work must not bring is a condition of it, and rules nothing out") {
  const Mentioned trade(R"(
skill:zero-downtime-change | Changes a table. |
skill:breaking-change-check | Compares interfaces. |
skill:regression-hunt | Looks for a commit. |
skill:outage-review | Looks back. |
skill:docker-images | Builds images. |
skill:kubernetes-deploy | Rolls out. |
skill:index-design | Designs indexes. |
)");
  for (const char* prompt :
       {"change the column without downtime", "change the column with no downtime", "change it, no downtime please",
        "no downtime: change the column", "change the API without breaking clients", "do not break the clients",
        "upgrade it without regressions", "move it without any outage", "move it without any kubernetes downtime",
        "move it with absolutely no downtime"})
    CHECK(std::string(prompt) + ": " + trade.ruled_out(prompt) == std::string(prompt) + ": ");
  for (const auto& [prompt, word] :
       {std::pair("ship it without docker", "docker"), std::pair("ship it without kubernetes", "kubernet"),
        std::pair("ship it without kubernetes or downtime", "kubernet"),
        std::pair("no kubernetes, no downtime", "kubernet"), std::pair("search without an index", "index"),
        std::pair("it was no outage, only slow", "outag"), std::pair("this is not an outage", "outag")})
    CHECK(std::string(prompt) + ": " + trade.ruled_out(prompt) == std::string(prompt) + ": " + word);
}

TEST_CASE("what is lacking and to be made is the subject, what is only lacking is not") {
  const Mentioned yard(R"(
skill:changelog-writing | Writes changelogs. |
skill:docker-images | Builds images. |
)");
  for (const char* prompt :
       {"we have no changelog, write one", "We have no changelog yet. Please write one.",
        "there is no changelog, add it", "there are no changelogs here: create them",
        "the project has no changelog so far, could you start one", "I've got no changelog, draft one",
        "there's no changelog yet - set it up", "we had no changelog; make one",
        // As a writer put them who did not know the rule.
        "Our public API has no changelog whatsoever and somebody asked all weekend. Can you add some?",
        "there\u2019s no changelog here. set it up"})
    CHECK(std::string(prompt) + ": " + yard.ruled_out(prompt) == std::string(prompt) + ": ");
  for (const auto& [prompt, word] :
       {std::pair("upgrade axios. They have no changelog entry for the change so you read the diff", "changelog"),
        std::pair("we have no changelog", "changelog"), std::pair("it is no changelog, write one", "changelog"),
        std::pair("release it with no changelog", "changelog"), std::pair("we have no docker, deploy it", "docker"),
        std::pair("no docker: deploy it by hand and set it up", "docker"),
        std::pair("there is no docker on that host, start the service", "docker")})
    CHECK(std::string(prompt) + ": " + yard.ruled_out(prompt) == std::string(prompt) + ": " + word);
}

TEST_CASE("what is ruled out is the first name's word behind, with what is joined to it") {
  CHECK(meshes().ruled_out("not istio linkerd") == "istio");
  CHECK(meshes().ruled_out("not istio-linkerd") == "istio linkerd");
  CHECK(meshes().ruled_out("not xylophone istio") == "");
}

}  // namespace cascade
