#include "bundle/value.h"

#include <catch2/catch.hpp>

#include "unit/registry_text.h"

namespace cascade::bundle {
namespace {

Worth worth(std::uint32_t relevance, Layer layer, Strength strength, std::uint32_t priority) {
  return {relevance, layer, strength, priority};
}

std::uint32_t priority_of(const std::string& value) {
  std::vector<Manifest> manifests = test::manifests_of("skill:a");
  if (!value.empty()) manifests[0].fields.push_back({"metadata.cascade-priority", value, {}, false});
  return author_priority(Registry::build(std::move(manifests)), ManifestId{0});
}

}  // namespace

TEST_CASE("a wholly relevant section of a required playbook is worth a million") {
  CHECK(section_value(worth(1000, Layer::playbook, Strength::required, 50)) == 1'000'000);
}

TEST_CASE("each layer further down, and each weaker reference, is worth less") {
  CHECK(section_value(worth(1000, Layer::skill, Strength::required, 50)) == 700'000);
  CHECK(section_value(worth(1000, Layer::agent, Strength::invoked, 50)) == 315'000);
  CHECK(section_value(worth(1000, Layer::command, Strength::mentioned, 50)) == 90'000);
  CHECK(section_value(worth(1000, Layer::skill, Strength::excluded, 50)) == 0);
}

TEST_CASE("an irrelevant section keeps a tenth, so that it is in when there is room") {
  CHECK(section_value(worth(0, Layer::playbook, Strength::required, 50)) == 100'000);
  CHECK(section_value(worth(0, Layer::command, Strength::mentioned, 0)) == 4'500);
}

TEST_CASE("the author may halve the value or add half of it") {
  CHECK(section_value(worth(1000, Layer::playbook, Strength::required, 0)) == 500'000);
  CHECK(section_value(worth(1000, Layer::playbook, Strength::required, 100)) == 1'500'000);
  CHECK(section_value(worth(5000, Layer::playbook, Strength::required, 500)) == 1'500'000);
}

TEST_CASE("a card and shorter forms keep a part of the value") {
  CHECK(card_value(worth(1000, Layer::playbook, Strength::required, 50)) == 300'000);
  CHECK(shorter_value(700'001, Form::prose) == 420'000);
  CHECK(shorter_value(700'001, Form::opening) == 210'000);
}

TEST_CASE("the author's priority is an integer from 0 to 100") {
  CHECK(priority_of("") == 50);
  CHECK(priority_of("0") == 0);
  CHECK(priority_of("100") == 100);
  CHECK(priority_of("101") == 50);
  CHECK(priority_of("high") == 50);
  CHECK(priority_of("7.5") == 50);
}

}  // namespace cascade::bundle
