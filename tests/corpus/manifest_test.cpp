// Names and descriptions of six real libraries agree with the answers that were made without this program.
#include "corpus/corpora.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>

namespace cascade {
namespace {

std::string trimmed(std::string text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// What the oracle calls the manifest; a placeholder is no name.
std::string expected_title(const syntax::Node& oracle) {
  const std::string name = corpora::written(oracle, "name");
  return name == "SKILL" || name == "README" ? corpora::written(oracle, "stem") : name;
}

struct Count {
  std::size_t all = 0, names = 0, descriptions = 0;
};

Count compare(const std::string& corpus) {
  Count count;
  for (const corpora::Entry& entry : corpora::library(corpus).entries) {
    ++count.all;
    const std::string title = expected_title(entry.oracle),
                      description = trimmed(corpora::written(entry.oracle, "description"));
    if (entry.manifest.title == title)
      ++count.names;
    else
      std::cout << corpus << '/' << entry.path << ": title is \"" << entry.manifest.title << "\", expected \"" << title
                << "\"\n";
    // Where none is declared ours is the first line of the body, which the oracle does not tell.
    if (description.empty() || entry.manifest.description == description)
      ++count.descriptions;
    else
      std::cout << corpus << '/' << entry.path << ": description\n  is       "
                << entry.manifest.description.substr(0, 200) << "\n  expected " << description.substr(0, 200) << '\n';
  }
  return count;
}

}  // namespace

TEST_CASE("names and descriptions agree with the oracle for 99.5 % of every library") {
  if (!corpora::present()) {
    WARN("no corpora beside the repository: skipped");
    return;
  }
  for (const std::string& corpus : corpora::names()) {
    INFO(corpus);
    const Count count = compare(corpus);
    CHECK(count.all > 10);
    CHECK(count.names * 1000 >= count.all * 995);
    CHECK(count.descriptions * 1000 >= count.all * 995);
  }
}

TEST_CASE("every byte of a library's bodies is in exactly one section") {
  if (!corpora::present()) {
    WARN("no corpora beside the repository: skipped");
    return;
  }
  for (const std::string& corpus : corpora::names())
    for (const corpora::Entry& entry : corpora::library(corpus).entries) {
      INFO(corpus << '/' << entry.path);
      std::uint64_t at = entry.manifest.sections.front().offset;
      for (const Section& section : entry.manifest.sections) {
        if (section.form != Form::lead && section.form != Form::section) continue;
        REQUIRE(section.offset == at);
        at += section.length;
      }
      REQUIRE(at == std::filesystem::file_size(corpora::shared() + "/corpora/" + corpus + '/' + entry.path));
    }
}

}  // namespace cascade
