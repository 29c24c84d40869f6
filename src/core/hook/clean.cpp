// The first pass drops hidden characters and mends bad UTF-8; the second looks for the client's tags and replaces the
// sign that opens one: a hidden character inside a tag would hide it. Nearly all text is clean, so plain ASCII is
// skipped eight bytes at a time, and a text that needs no change is returned without a copy.
#include "hook/clean.h"

#include <algorithm>
#include <cstring>

#include "text/ascii.h"
#include "text/letter_case.h"
#include "unicode/utf8.h"

namespace cascade::hook {
namespace {

using unicode::Decoded, unicode::each_byte, unicode::zero_bytes;

constexpr char32_t stand_in = 0x2039;  // one UTF-16 unit, like the sign that it replaces

bool is_kept(char32_t c) { return c == '\n' || c == '\t' || (c >= 0x20 && !unicode::is_hidden(c)); }

// Whether a byte stays as it is in any context: printable ASCII except '<', which may open a tag, line feeds and tabs.
constexpr bool is_plain(char c) { return (c >= 0x20 && c < 0x7F && c != '<') || c == '\n' || c == '\t'; }

// Whether all eight bytes are from 0x20 to 0x7E and none is '<'. As long as all are ASCII, no sum carries into the next
// byte.
constexpr bool all_print(std::uint64_t word) {
  const std::uint64_t fits =
      (word + each_byte(0x60)) & ~(word + each_byte(0x01)) & ((word ^ each_byte('<')) + each_byte(0x7F)) & ~word;
  return (fits & each_byte(0x80)) == each_byte(0x80);
}

constexpr bool all_plain(std::uint64_t word) {
  const std::uint64_t control =
      zero_bytes(word & each_byte(0xE0)) & ~zero_bytes(word ^ each_byte('\n')) & ~zero_bytes(word ^ each_byte('\t'));
  return (control | zero_bytes(word ^ each_byte(0x7F)) | zero_bytes(word ^ each_byte('<')) |
          (word & each_byte(0x80))) == 0;
}

// The end of the run of plain bytes from `at`, eight at a time: every prompt scans a layer twice.
std::size_t plain_end(std::string_view text, std::size_t at) {
  for (std::uint64_t word = 0; text.size() - at >= sizeof(word); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    if (!all_print(word) && !all_plain(word)) break;
  }
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

std::string without_hidden(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = plain_end(text, i);
    out.append(text, i, end - i);
    if (end == text.size()) break;
    const Decoded decoded = unicode::decode(text, end);
    if (is_kept(decoded.code_point)) unicode::append(out, decoded.code_point);
    i = end + decoded.length;
  }
  return out;
}

constexpr std::uint32_t max_shown_name_chars = 120, max_term_chars = 40;
constexpr std::uint32_t max_description_chars = 400;
constexpr std::size_t most_terms = 4;

}  // namespace

bool is_clean(std::string_view text) {
  for (std::size_t at = plain_end(text, 0); at < text.size(); at = plain_end(text, at)) {
    const Decoded decoded = unicode::decode(text, at);
    at += decoded.length;
    if (!decoded.valid || !is_kept(decoded.code_point)) return false;
    if (letters::is_less_sign(decoded.code_point) && letters::names_system_reminder(text, at)) return false;
  }
  return true;
}

// The client defuses "</system-reminder>" by itself (2.1.328), but we do not rely on it.
std::string clean(std::string text) {
  if (is_clean(text)) return text;
  const std::string visible = without_hidden(text);
  std::string out;
  out.reserve(visible.size());
  for (std::size_t i = 0; i < visible.size();) {
    const std::size_t end = plain_end(visible, i);
    out.append(visible, i, end - i);
    if (end == visible.size()) break;
    const Decoded decoded = unicode::decode(visible, end);
    const bool tag =
        letters::is_less_sign(decoded.code_point) && letters::names_system_reminder(visible, end + decoded.length);
    unicode::append(out, tag ? stand_in : decoded.code_point);
    i = end + decoded.length;
  }
  return out;
}

std::string_view beginning(std::string_view text, std::uint32_t most) {
  if (text.size() <= most) return text;  // a UTF-16 unit takes at least one byte
  std::uint32_t units = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = unicode::decode(text, i);
    units += decoded.code_point > 0xFFFF ? 2 : 1;
    if (units > most) return text.substr(0, i);
    i += decoded.length;
  }
  return text;
}

std::string_view beginning_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

std::string brief(std::string_view text, std::uint32_t most) {
  std::string line;
  bool blank = false;
  for (std::size_t i = 0; i < text.size();) {
    const Decoded decoded = unicode::decode(text, i);
    i += decoded.length;
    if (letters::is_spacing(decoded.code_point)) {
      blank = !line.empty();
    } else if (is_kept(decoded.code_point)) {
      if (blank) line += ' ';
      blank = false;
      unicode::append(line, decoded.code_point);
    }
    if (line.size() > 4 * std::size_t{most} + 4) break;  // four bytes a character at most: the line will be cut anyway
  }
  const std::string_view whole = beginning(line, most);
  if (whole.size() == line.size()) return line;
  std::string cut(beginning(line, most == 0 ? 0 : most - 1));
  while (!cut.empty() && cut.back() == ' ') cut.pop_back();
  return most == 0 ? cut : cut + "\xE2\x80\xA6";
}

std::string name_of(const ManifestView& manifest) { return brief(manifest.name, max_shown_name_chars); }

std::string symbol_text(const ManifestView& manifest) {
  return std::string(to_string(manifest.kind)) + ":" + name_of(manifest);
}

// A manifest's own words about when it serves: the sentence that begins with "use", else its first. One that is too
// long ends at its last comma or blank that fits.
std::string when_to_use(const ManifestView& manifest, std::uint32_t most) {
  const std::string lower = letters::to_lower(manifest.description);
  std::string_view text = manifest.description;
  for (const std::string_view mark : {"use when", "use this", "use it", "use for", "use to"})
    if (const std::size_t at = lower.find(mark); at != std::string::npos) {
      text.remove_prefix(at);
      break;
    }
  if (const std::size_t end = text.find(". "); end != std::string_view::npos) text = text.substr(0, end);
  while (!text.empty() && (text.back() == '.' || letters::is_space(text.back()))) text.remove_suffix(1);
  const std::string whole = brief(text, max_description_chars);
  if (beginning(whole, most) == whole) return whole;
  const std::string_view fits = beginning(whole, most);
  std::size_t end = fits.find_last_of(",;");
  if (end == std::string_view::npos || end < fits.size() / 2) end = fits.rfind(' ');
  return end == std::string_view::npos ? std::string() : std::string(fits.substr(0, end));
}

std::string reason(const Match& match, std::string_view prompt) {
  const std::string typed = letters::to_lower(prompt);
  std::vector<Evidence> evidence = match.evidence;
  std::ranges::stable_sort(evidence, [](const Evidence& a, const Evidence& b) { return a.weight > b.weight; });
  std::string words;
  std::size_t count = 0;
  for (const Evidence& one : evidence) {
    const std::string term = brief(one.term, max_term_chars);
    if (term.empty() || typed.find(letters::to_lower(term)) == std::string::npos || count == most_terms) continue;
    if (words.find(term) != std::string::npos) continue;  // the phrase covers its words
    words += (words.empty() ? "" : ", ") + term;
    ++count;
  }
  return words.empty() ? "its subject fits" : "the prompt says " + words;
}

}  // namespace cascade::hook
