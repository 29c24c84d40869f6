// Logs hold what models, tools and other people wrote, and a model may read what is printed here: marks are defused as
// for facts, and texts for people pass unicode::displayable(), too.
#include "recall/text.h"

#include "facts/quote.h"
#include "render/parts.h"
#include "render/session.h"
#include "text/ascii.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cascade::rendering {
namespace {

using past::Told;
using syntax::JsonWriter;

constexpr std::size_t most_of_request = 200, most_of_outcome = 320, most_files = 4, most_commands = 2;

constexpr letters::Names<past::Certainty::possible> certainty_words("certain", "likely", "possible");
std::string_view word_of(past::Certainty certainty) noexcept { return certainty_words.of(certainty); }

// "2026-09-18T13:49:32.223Z"; empty for a time that is not known.
std::string time_of(std::int64_t at) {
  if (at <= 0) return {};
  std::string text = time_text(at / 1'000);
  text[10] = 'T';
  std::array<char, 16> rest{};
  std::snprintf(rest.data(), rest.size(), ":%02d.%03dZ", static_cast<int>(at / 1'000 % 60),
                static_cast<int>(at % 1'000));
  return text + rest.data();
}

std::string id_of(const Told& told) { return told.session + "#" + std::to_string(told.number); }

std::string line(std::string_view label, const std::string& text, std::size_t most) {
  return text.empty() ? std::string() : "  " + std::string(label) + shortened(recall::without_marks(text), most) + "\n";
}

std::string some(std::string_view label, const std::vector<std::string>& all, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) text += (i == 0 ? "" : ", ") + all[i];
  if (all.size() > most) text += " and " + std::to_string(all.size() - most) + " more";
  return line(label, text, most_of_outcome);
}

std::string head(const Told& told) {
  return (told.at <= 0 ? std::string("at an unknown time") : time_text(told.at / 1'000)) + "  " +
         unicode::displayable(told.folder.empty() ? told.client : told.folder) + "  " + told.client + "  " +
         unicode::displayable(id_of(told)) + "\n";
}

void put_turn(JsonWriter& json, const Told& told) {
  json.key("session").string(told.session).key("turn").number(told.number);
  json.key("at").string(time_of(told.at)).key("client").string(told.client).key("project").string(told.folder);
  json.key("request").string(told.request).key("outcome").string(told.outcome).key("opening").string(told.opening);
  put_texts(json, "files", told.files);
  put_texts(json, "commands", told.commands);
  json.key("log").string(told.log).key("resume").string(told.resume);
}

std::string found_json(const std::vector<FoundTurn>& found, const SearchedPast& searched) {
  auto json = document("cascade.recall/1");
  json.key("question").string(searched.question);
  json.key("certain").boolean(!found.empty() && found.front().passage.certainty == past::Certainty::certain);
  json.key("passages").objects(found, [&](const FoundTurn& one) {
    put_turn(json, one.told);
    json.key("certainty").string(word_of(one.passage.certainty)).key("share").number(one.passage.share);
  });
  json.key("conversations").number(searched.conversations).key("turns").number(searched.turns);
  json.key("torn").number(searched.torn).key("foreign").number(searched.foreign);
  put_texts(json, "gone", searched.gone);
  return recall::without_marks_in_json(finish(json));
}

}  // namespace

std::string past_found_text(const std::vector<FoundTurn>& found, const SearchedPast& searched, Format format) {
  if (format == Format::json) return found_json(found, searched);
  std::string text;
  for (const FoundTurn& one : found) {
    if (!text.empty()) text += "\n";
    text += head(one.told);
    if (one.told.opening != one.told.request) text += line("in:      ", one.told.opening, most_of_request);
    text += line("asked:   ", one.told.request, most_of_request);
    text += some("files:   ", one.told.files, most_files) + some("ran:     ", one.told.commands, most_commands);
    text += line("ended:   ", one.told.outcome, most_of_outcome);
    text += "  go on:   " + unicode::displayable(one.told.resume) + "\n";
  }
  return text;
}

std::string past_turns_text(const std::vector<Told>& turns, std::uint32_t asked, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.recall-turns/1");
    json.key("asked").number(asked).key("turns").objects(turns, [&](const Told& told) {
      put_turn(json, told);
      json.key("said").string(told.said);
    });
    return recall::without_marks_in_json(finish(json));
  }
  std::string text;
  const auto paragraph = [&](std::string_view label, const std::string& words) {
    if (!letters::trim(words).empty())
      text += std::string(label) + "\n" + unicode::displayable(recall::without_marks(words), true) + "\n";
  };
  for (const Told& told : turns) {
    text += (told.number == asked ? "> " : "  ") + head(told);
    paragraph("asked:", told.request);
    if (told.number == asked) paragraph("said:", told.said);
    text += some("files: ", told.files, told.files.size()) + some("ran: ", told.commands, told.commands.size());
    paragraph("ended:", told.outcome);
    text += "\n";
  }
  return text;
}

}  // namespace cascade::rendering
