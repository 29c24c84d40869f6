#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "library/library_tree.h"
#include "scratch_folder.h"

namespace cascade::library {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

struct Depth {
  std::size_t budget = 0;
  std::string options;  // besides
};

Answer bundle_of(const Manifest& manifest, const Depth& depth, const std::string& cache) {
  return answer_of("CASCADE_CACHE='" + cache + "' '" CASCADE_BINARY "' --root . -q bundle skill:" + manifest.name +
                   " --budget " + std::to_string(depth.budget) + " " + depth.options);
}

// This clone's path, as a bundle names it, and its tokens.
struct Place {
  std::string path = answer_of("pwd -P | tr -d '\\n'").out;
  std::size_t tokens = 0;

  Place() {
    const std::string counted =
        answer_of("pwd -P | tr -d '\\n' | CASCADE_CACHE= '" CASCADE_BINARY "' tokens - --format json").out;
    const std::size_t at = counted.find("\"tokens\": ");
    REQUIRE(at != std::string::npos);
    tokens = std::stoul(counted.substr(at + std::string("\"tokens\": ").size()));
  }

  // What a bundle spends on saying where the files beside a skill lie. The name that follows a path can shift where its
  // tokens end by one.
  std::size_t cost_of_place(const std::string& bundle) const {
    std::size_t cost = 0;
    for (std::size_t at = bundle.find(path + "/"); at != std::string::npos; at = bundle.find(path + "/", at + 1))
      cost += tokens + 1;
    return cost;
  }
};

// Whether the bundle has the procedure and the verification of its root.
bool keeps(const Manifest& manifest, const Answer& bundle) {
  const bool playbook = manifest.layer == "playbook";
  const std::size_t begin = bundle.out.find("=== skill: " + manifest.name + " ===\n");
  const std::string own =
      begin == std::string::npos ? std::string() : bundle.out.substr(begin, bundle.out.find("\n=== ", begin) - begin);
  return bundle.exit == 0 && has_line(own, playbook ? "## Chain" : "## Steps") &&
         has_line(own, playbook ? "## Done" : "## Verify");
}

// The names of those whose bundle lacks the procedure or the verification of the root, whether or not the clone's path
// is paid from the budget.
std::string lacking(const Depth& depth) {
  const test::ScratchFolder folder;
  const Place place;
  std::vector<std::string> faults;
  for (const Manifest& manifest : manifests()) {
    if (manifest.layer != "skill" && manifest.layer != "playbook") continue;
    const Answer bundle = bundle_of(manifest, depth, folder.path);
    if (keeps(manifest, bundle)) continue;
    const std::size_t cost = place.cost_of_place(bundle.out);
    if (cost == 0 || !keeps(manifest, bundle_of(manifest, {depth.budget + cost, depth.options}, folder.path)))
      faults.push_back(manifest.name);
  }
  return listed(faults);
}

TEST_CASE("every skill's bundle at 4,000 tokens keeps its procedure and its verification") {
  CHECK(lacking({4000, ""}) == "");
  CHECK(lacking({4000, "--depth 2"}) == "");
}

TEST_CASE("so does every skill's bundle at 700 tokens, beside the agents that compete with it") {
  CHECK(lacking({700, "--depth 1"}) == "");
}

TEST_CASE("nothing is found to be wrong with the library") {
  const Answer found = answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . validate");
  INFO(found.out);
  CHECK(found.exit == 0);
  const Answer strict =
      answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . validate --profile install skills agents commands");
  INFO(strict.out);
  CHECK(strict.exit == 0);
}

}  // namespace
}  // namespace cascade::library
