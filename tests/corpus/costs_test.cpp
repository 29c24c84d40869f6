// Every section of the real libraries costs what its emitted text costs when it is counted by itself.
#include "corpus/corpora.h"

#include "manifest/emission.h"

#include <catch2/catch.hpp>
#include <map>

namespace cascade {
namespace {

std::size_t check_costs(const std::string& corpus, const TokenCounter& counter) {
  std::size_t checked = 0;
  for (const corpora::Entry& entry : corpora::load(corpus, counter)) {
    const std::string text = corpora::read_text(corpora::shared() + "/corpora/" + corpus + '/' + entry.path);
    CAPTURE(entry.path);
    std::map<std::string, int> headings;
    for (const Section& section : entry.manifest.sections)
      headings[section.heading] += &section - entry.manifest.sections.data() == section.shorter_of ? 1 : 0;
    for (const Section& section : entry.manifest.sections) {
      const std::string_view bytes = std::string_view(text).substr(section.offset, section.length);
      const bool shorter = &section - entry.manifest.sections.data() != section.shorter_of;
      if (shorter && !counter.exact()) continue;  // the estimates of its parts do not add up
      const bool unique = headings.at(section.heading) == 1;
      const std::string item =
          manifest::section_item(entry.manifest.symbol, section.heading, unique, section.shorter_of);
      if (section.cost != counter.count(manifest::shortened(bytes, section.form, item)))
        FAIL("section at " << section.offset << ", form " << to_string(section.form));
      ++checked;
    }
    CHECK(entry.manifest.body == counter.count(std::string_view(text).substr(entry.manifest.sections[0].offset)));
  }
  return checked;
}

}  // namespace

TEST_CASE("sections of real libraries cost what their emitted texts cost") {
  if (!corpora::present()) {
    WARN("no corpora beside the repository: skipped");
    return;
  }
  const auto exact = TokenCounter::open(CASCADE_SOURCE_DIR "/share/cascade/o200k.bin");
  if (!exact) WARN("no vocabulary: only the estimate is compared; run scripts/vocabulary");
  for (const std::string& corpus : corpora::names()) {
    INFO(corpus);
    CHECK(check_costs(corpus, TokenCounter::estimating()) > 100);
    if (exact) CHECK(check_costs(corpus, *exact) > 100);
  }
}

}  // namespace cascade
