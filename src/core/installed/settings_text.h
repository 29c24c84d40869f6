// The text of the client's settings, prepared for changes in places.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

#include "installed/json_edit.h"

namespace cascade::init {

// `text` must outlive it.
struct SettingsText {
  explicit SettingsText(std::string_view given) : text(given), places(given) {}
  std::string_view text;
  Places places;
  syntax::Node root;  // an object
  Layout layout;
};

// A byte order mark stays in front, and offsets do not count it.
struct Marked {
  explicit Marked(std::string_view whole);
  std::string mark;
  std::string_view text;
};

// The settings without the comments that some clients accept; all offsets stay the same.
std::string as_json(std::string_view text, bool comments);

// malformed: not JSON or not an object; the error's path is line:column.
Result<SettingsText> read_settings(std::string_view text);
Error malformed_settings(const syntax::Position& at, const std::string& what);

}  // namespace cascade::init
