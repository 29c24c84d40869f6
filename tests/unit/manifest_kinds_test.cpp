#include <catch2/catch.hpp>

#include "manifest/kinds.h"

using namespace cascade;

TEST_CASE("every kind has a word, is told by it and by its plural, and stays itself in a file") {
  for (std::size_t i = 0; i < manifest::all_kinds.size(); ++i) {
    const Kind kind = manifest::all_kinds[i];
    const std::string word(to_string(kind));
    CHECK(parse_kind(word) == kind);
    CHECK(parse_kind(word + "s") == kind);
    CHECK(manifest::kind_of(static_cast<std::uint32_t>(kind)) == kind);
    CHECK(static_cast<std::size_t>(kind) == i);
  }
  for (const char* other : {"", "s", "skillss", "Skill", "playbook", "skil"}) CHECK_FALSE(parse_kind(other));
}

TEST_CASE("a damaged number is some kind, never one beyond the last") {
  CHECK(manifest::kind_of(static_cast<std::uint32_t>(manifest::all_kinds.size())) == manifest::all_kinds.back());
  CHECK(manifest::kind_of(0xffffffffU) == manifest::all_kinds.back());
}
