#include "bundle/part.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <vector>

#include "source_folder.h"
#include "unit/registry_text.h"

namespace cascade::bundle {
namespace {

Worth worth(std::uint32_t relevance, Layer layer, Strength strength, std::uint32_t priority) {
  return {relevance, layer, strength, priority, Part::plain, 100};
}

std::uint32_t priority_of(const std::string& value) {
  std::vector<Manifest> manifests = test::manifests_of("skill:a");
  if (!value.empty()) manifests[0].fields.push_back({"metadata.cascade-priority", value, {}, false});
  return author_priority(Registry::build(manifests), ManifestId{0});
}

// The cells of the table below the words "A test computes these lines" in docs/packing.md.
std::vector<std::vector<std::string>> example() {
  std::ifstream in(test::source_folder() + "/docs/packing.md");
  std::vector<std::vector<std::string>> rows;
  bool here = false;
  for (std::string line; std::getline(in, line);) {
    here = here || line.find("A test computes these lines") != std::string::npos;
    if (!here || line.empty()) continue;
    if (line.front() != '|') {
      if (!rows.empty()) break;
      continue;
    }
    rows.emplace_back();
    for (std::size_t at = 1; at < line.size();) {
      const std::size_t end = line.find('|', at);
      rows.back().push_back(line.substr(at + 1, end - at - 2));
      at = end + 1;
    }
  }
  rows.erase(rows.begin(), rows.begin() + std::min<std::ptrdiff_t>(2, static_cast<std::ptrdiff_t>(rows.size())));
  return rows;
}

std::uint32_t number(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  return static_cast<std::uint32_t>(std::stoul(text));
}

template <typename Value, std::size_t N>
Value named(const std::array<std::pair<const char*, Value>, N>& names, const std::string& name) {
  for (const auto& each : names)
    if (name == each.first) return each.second;
  FAIL("no such name: " << name);
  return names[0].second;
}

constexpr std::array<std::pair<const char*, Layer>, 4> layers{
    {{"playbook", Layer::playbook}, {"skill", Layer::skill}, {"agent", Layer::agent}, {"command", Layer::command}}};
constexpr std::array<std::pair<const char*, Strength>, 3> strengths{
    {{"required", Strength::required}, {"invoked", Strength::invoked}, {"mentioned", Strength::mentioned}}};
constexpr std::array<std::pair<const char*, Part>, 5> part_names{{{"procedure", Part::procedure},
                                                                  {"verification", Part::verification},
                                                                  {"guidance", Part::guidance},
                                                                  {"plain", Part::plain},
                                                                  {"aside", Part::aside}}};

}  // namespace

TEST_CASE("the example in docs/packing.md is what comes out") {
  const auto rows = example();
  CHECK(rows.size() == 9);
  for (const auto& row : rows) {
    REQUIRE(row.size() == 8);
    INFO(row[0]);
    Worth of = worth(number(row[4]), named(layers, row[1]), named(strengths, row[2]), number(row[3]));
    of.part = named(part_names, row[5]);
    of.tokens = number(row[6]);
    CHECK(section_value(of) == number(row[7]));
  }
}

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
  CHECK(shorter_value(700'001, Form::prose, Part::plain, 0, 100) == 420'000);
  CHECK(shorter_value(700'001, Form::opening, Part::plain, 0, 100) == 210'000);
}

TEST_CASE("the first paragraph of a procedure is worth less than that of anything else") {
  CHECK(shorter_value(700'001, Form::prose, Part::procedure, 0, 100) == 420'000);
  CHECK(shorter_value(700'001, Form::opening, Part::procedure, 0, 100) == 70'000);
  CHECK(shorter_value(700'000, Form::beginning, Part::plain, 60, 100) == 462'000);
  CHECK(shorter_value(700'000, Form::beginning, Part::procedure, 60, 100) == 322'000);
}

TEST_CASE("procedure, verification, guidance, and asides last") {
  Worth of = worth(1000, Layer::playbook, Strength::required, 50);
  std::string values;
  for (const Part part : {Part::procedure, Part::verification, Part::guidance, Part::plain, Part::aside}) {
    of.part = part;
    values += std::to_string(section_value(of)) + " ";
  }
  CHECK(values == "3000000 2000000 1400000 1000000 500000 ");
}

TEST_CASE("a section four times as long is worth twice as much, within bounds") {
  Worth of = worth(1000, Layer::playbook, Strength::required, 50);
  std::string values;
  for (const TokenCount tokens : {0U, 4U, 25U, 99U, 100U, 400U, 1600U, 100'000U}) {
    of.tokens = tokens;
    values += std::to_string(section_value(of)) + " ";
  }
  CHECK(values == "200000 200000 500000 994000 1000000 2000000 4000000 4000000 ");
}

TEST_CASE("twice the length is never worth twice as much, and never less") {
  Worth of = worth(1000, Layer::playbook, Strength::required, 50);
  for (of.tokens = 4; of.tokens < 3'000; ++of.tokens) {
    Worth twice = of;
    twice.tokens *= 2;
    CHECK(section_value(twice) < 2 * section_value(of));
    CHECK(section_value(twice) >= section_value(of));
  }
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
