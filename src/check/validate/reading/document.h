// One file of the tree, prepared for the rules.
#pragma once

#include <cascade/registry.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/node.h"
#include "validate/reading/place.h"
#include "validate/reading/text_model.h"

namespace cascade::validation {

// download: curl, wget ... drop: ignore, disregard ... secrecy: tell, mention ... system: a speaker's name. decode:
// base64 ... destroy: rm, mkfs, reset ... credential: ssh, netrc ... settings: hooks, permissions ... home: a folder of
// homes. encoded: a word of 20 letters or more.
enum class Trigger : std::uint8_t {
  download,
  drop,
  secrecy,
  system,
  decode,
  destroy,
  credential,
  settings,
  home,
  encoded
};
constexpr std::size_t trigger_count = 10;

// Byte offsets of each trigger's words, ascending.
struct Triggers {
  std::array<std::vector<std::size_t>, trigger_count> at;

  const std::vector<std::size_t>& operator[](Trigger trigger) const { return at[static_cast<std::size_t>(trigger)]; }
};

// Linear: a few nanoseconds a word.
Triggers find_triggers(std::string_view text);

// Belongs to one thread.
class Document {
 public:
  // `text` and everything that the place refers to must outlive it.
  Document(const std::string& path, std::string_view text, Place place, std::optional<ManifestView> manifest);

  const std::string& path() const noexcept { return path_; }
  std::string_view text() const noexcept { return text_; }
  const Place& place() const noexcept { return place_; }
  Role role() const noexcept { return place_.role; }
  // Meant as a manifest, but in a place where the client does not look.
  bool is_misplaced() const noexcept { return is_manifest(place_.role) && !place_.manifest && !place_.other; }
  const std::optional<ManifestView>& manifest() const noexcept { return manifest_; }

  // The data of manifests and JSON files; else null. Positions are in the file.
  const syntax::Node& data() const noexcept { return data_.root; }
  const syntax::Parsed& parsed() const noexcept { return data_; }
  const syntax::Frontmatter& frontmatter() const noexcept { return frontmatter_; }
  // The value and the key of a front matter entry, the last one of its name; null if absent.
  const syntax::Node* field(std::string_view key) const noexcept { return data_.root.find(key); }
  const syntax::Node* field_key(std::string_view key) const noexcept { return key_of(data_.root, key); }
  // A value below `metadata`; null if absent.
  const syntax::Node* metadata(std::string_view key) const noexcept {
    const syntax::Node* const all = field("metadata");
    return all == nullptr ? nullptr : all->find(key);
  }

  const syntax::LineIndex& lines() const noexcept { return lines_; }
  const TextModel& body() const;  // built on first use
  const Triggers& triggers() const noexcept { return triggers_; }
  bool is_binary() const noexcept { return binary_; }

  Location whole() const { return at_line(0); }
  Location at_line(std::uint32_t line) const { return {path_, line, 0, 0, 0}; }
  Location at(const syntax::Position& at) const { return {path_, at.line, at.column, 0, 0}; }
  Location at(const syntax::Node& node) const;  // where a value of data() is written
  Location at(std::size_t offset, std::size_t length) const;
  // The place where a part of a front matter value is written; the place of the value if it is written differently
  // there.
  Location at_part(const syntax::Node& value, std::string_view part) const;
  std::uint32_t line_of(std::size_t offset) const { return lines_.line_at(offset); }

 private:
  std::uint32_t column(std::uint32_t line, std::size_t offset) const;
  void read_toml();

  const std::string& path_;
  std::string_view text_;
  Place place_;
  std::optional<ManifestView> manifest_;
  bool binary_ = false;
  syntax::LineIndex lines_;
  syntax::Frontmatter frontmatter_;
  syntax::Parsed data_;
  Triggers triggers_;
  mutable std::unique_ptr<TextModel> body_;
  // The last column counted: findings of a long line come in order.
  mutable std::uint32_t last_line_ = 0, last_column_ = 1;
  mutable std::size_t last_offset_ = 0;
};

}  // namespace cascade::validation
