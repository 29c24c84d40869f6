// Compiles the dictionary's rows (English, then one column of spellings for each language) into sorted lists of
// spellings with the number of their meaning. Meanings are numbered by row, and all languages share the English texts,
// so a spelling costs four bytes beside its letters. A spelling of several rows keeps the one that names it earliest:
// it is the row's main word there and a side meaning elsewhere.
#include "route/build/dictionary_table.h"

#include <algorithm>
#include <array>
#include <map>

#include "route/dictionary.h"
#include "route/folding.h"
#include "tables/block.h"
#include "text/ascii.h"

namespace cascade::route {
namespace {

std::vector<std::string_view> parts(std::string_view text, char mark) {
  std::vector<std::string_view> found;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(mark, begin), text.size());
    found.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return found;
}

class DictionaryCompiler {
 public:
  Result<void> line(std::string_view line) {
    ++number_;
    if (letters::trim(line).empty() || line[0] == '#') return {};
    const std::vector<std::string_view> cells = parts(line, '|');
    if (cells.size() != language_count + 1) return fault("has not eleven columns", line.substr(0, 40));
    const auto meaning = static_cast<std::uint16_t>(ends_.size());
    const std::string_view english = letters::trim(cells[0]);
    english_ += english;
    ends_.push_back(static_cast<std::uint16_t>(english_.size()));
    if (english_.size() > 0xffff || ends_.size() > 0x7fff) return fault("is one too many", english);
    for (std::size_t language = 0; language < language_count; ++language) {
      std::size_t place = 0;
      for (const std::string_view cell : parts(cells[language + 1], ','))
        if (auto added = spelling(language, cell, {place++, meaning}); !added) return added;
    }
    return {};
  }

  Result<std::string> write() const {
    std::vector<DictionaryLanguage> languages;
    std::vector<DictionaryKey> keys;
    std::string text;
    for (const auto& spellings : spellings_) {
      DictionaryLanguage record;
      record.keys = static_cast<std::uint32_t>(keys.size());
      record.key_count = static_cast<std::uint32_t>(spellings.size());
      record.text = static_cast<std::uint32_t>(text.size());
      for (const auto& [spelling, said] : spellings) {
        text += spelling;
        if (text.size() - record.text > 0xffff) return fault("is one too many", spelling);
        keys.push_back({static_cast<std::uint16_t>(text.size() - record.text), said.meaning});
      }
      record.text_length = static_cast<std::uint32_t>(text.size()) - record.text;
      languages.push_back(record);
    }
    tables::BlockWriter block(5);
    block.add(languages);
    block.add(keys);
    block.add(ends_);
    block.add_bytes(text);
    block.add_bytes(english_);
    return block.take();
  }

 private:
  struct Said {
    std::size_t place = 0;  // among the row's spellings of the language
    std::uint16_t meaning = 0;
  };

  // A spelling may occur in several rows: the row in which it comes earliest counts, the first of equals.
  Result<void> spelling(std::size_t language, std::string_view cell, Said said) {
    const bool joins = english_ends_with_nothing(said.meaning);
    bool exact =
        (joins && language < static_cast<std::size_t>(Language::chinese)) || (!cell.empty() && cell.back() == ' ');
    std::string_view written = letters::trim(cell);
    if (written.empty()) return {};
    if (written.back() == '.') {
      exact = true;
      written.remove_suffix(1);
    }
    const std::string_view key = letters::trim(keep(folded(written).text));
    if (key.empty()) return fault("is no word", cell);
    // The lowest bit says that only a whole word counts, with no letters before or behind it.
    said.meaning = static_cast<std::uint16_t>(said.meaning * 2 + (exact ? 1 : 0));
    const auto [known, added] = spellings_[language].emplace(key, said);
    if (!added && said.place < known->second.place) known->second = said;
    return {};
  }

  std::string_view keep(std::string text) {
    kept_ = std::move(text);
    return kept_;
  }
  bool english_ends_with_nothing(std::uint16_t meaning) const {
    return ends_[meaning] == (meaning == 0 ? 0 : ends_[meaning - 1u]);
  }
  Error fault(const std::string& what, std::string_view text) const {
    return Error{ErrorCode::malformed, "line " + std::to_string(number_) + " \"" + std::string(text) + "\" " + what, "",
                 ""};
  }

  std::array<std::map<std::string, Said>, language_count> spellings_;
  std::vector<std::uint16_t> ends_;
  std::string english_, kept_;
  std::size_t number_ = 0;
};

}  // namespace

Result<std::string> write_dictionary_table(std::string_view files) {
  DictionaryCompiler compiler;
  for (const std::string_view line : parts(files, '\n'))
    if (auto read = compiler.line(line); !read) return read.error();
  return compiler.write();
}

}  // namespace cascade::route
