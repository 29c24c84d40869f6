#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/tables.h"
#include "unit/registry_text.h"

using namespace cascade;
using namespace cascade::test;

TEST_CASE("the order of files changes no byte") {
  std::vector<Manifest> manifests = manifests_of(
      "skill:review +rev -> agent:linter agent:nobody\n"
      "skill:deploy -> skill:review command:ship !skill:review any=skill:review|skill:audit\n"
      "skill:audit\nagent:linter\nagent:linter path=agents/deep/linter.md\ncommand:ship\n");
  const std::string bytes(RegistryTables::bytes(Registry::build(manifests)));
  std::sort(manifests.begin(), manifests.end(), [](const auto& a, const auto& b) { return a.path > b.path; });
  do {
    CHECK(RegistryTables::bytes(Registry::build(manifests)) == bytes);
  } while (std::prev_permutation(manifests.begin(), manifests.end(),
                                 [](const auto& a, const auto& b) { return a.path < b.path; }));
}

TEST_CASE("tables read back from bytes answer alike; cut or foreign bytes are refused") {
  const Registry built = registry_of("skill:review -> agent:linter\nagent:linter\n");
  const std::string bytes(RegistryTables::bytes(built));
  const Registry read = RegistryTables::adopt(bytes);
  CHECK(links_of(read, "skill:review") == "agent:linter(invoked)");
  std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(words.data()));
  const std::string_view whole(reinterpret_cast<const char*>(words.data()), bytes.size());
  for (std::size_t cut = 0; cut < bytes.size(); cut += 7)
    if (auto opened = RegistryTables::open(nullptr, whole.substr(0, cut))) {
      for (std::uint32_t id = 0; id < opened->size(); ++id)
        CHECK((*opened)[ManifestId{id}].name.size() <= bytes.size());
    }
}

TEST_CASE("any damaged byte leaves a registry that can be asked everything") {
  const Registry built = registry_of(
      "skill:review +rev -> agent:linter agent:gone\nagent:linter\nskill:x any=skill:review|agent:linter "
      "!skill:review\n");
  const std::string bytes(RegistryTables::bytes(built));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
    char* damaged = reinterpret_cast<char*>(words.data());
    std::copy(bytes.begin(), bytes.end(), damaged);
    damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
    auto opened = RegistryTables::open(nullptr, {damaged, bytes.size()});
    if (!opened) continue;
    std::size_t seen =
        opened->problems().size() + opened->unbound().size() + opened->nearest("lintr", Kind::agent, 3).size();
    for (std::uint32_t id = 0; id < std::min<std::size_t>(opened->size(), 10); ++id) {
      const ManifestView view = (*opened)[ManifestId{id}];
      seen += view.name.size() + opened->links(view.id).size + opened->requires_any(view.id).size();
      const auto is_known = [&](ManifestId other) {
        return index(other) < opened->size();
      };  // others use it as an index
      for (const Link& link : opened->links(view.id)) REQUIRE((is_known(link.from) && is_known(link.to)));
      for (const Link& link : opened->links_to(view.id)) {
        REQUIRE((is_known(link.from) && is_known(link.to)));
        REQUIRE(link.strength <= Strength::excluded);
      }
      for (const Span<ManifestId>& group : opened->requires_any(view.id))
        for (const ManifestId member : group) REQUIRE(is_known(member));
      for (const ManifestId other : opened->conflicts(view.id)) REQUIRE(is_known(other));
      for (const ManifestId other : opened->shadowed_by(view.id)) REQUIRE(is_known(other));
      for (std::uint32_t section = 0; section < std::min(view.sections, 4u); ++section)
        seen += opened->section(view.id, section).heading.size();
    }
    CHECK(seen < 1'000'000);
  }
}
