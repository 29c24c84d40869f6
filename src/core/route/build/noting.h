// Notes the lines of a source, and the lines that contain its links, before any word is counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "route/build/fields.h"
#include "route/build/notes.h"

namespace cascade::route {

// Whether a link counts for its target: it does not exclude it and is in the body.
inline bool is_heard(const Link& link) { return link.strength != Strength::excluded && link.line != 0; }

// The lines whose hashes are in NotesData::links, in its order, as their targets count them.
struct LinkTexts {
  std::vector<TextSpan> spans;
  std::string bytes;

  std::string_view operator[](std::size_t i) const {
    return std::string_view(bytes).substr(spans[i].offset, spans[i].length);
  }
};

class Noter {
 public:
  explicit Noter(const Registry& registry) : registry_(registry) {}

  // Appends the source's records to `notes`, and the texts of its links to `texts`.
  NotedSource note(const Source& source, std::uint64_t inputs, NotesData& notes, LinkTexts& texts);

 private:
  // The hashes met in this round.
  class Once {
   public:
    void begin(std::size_t most);
    bool add(std::uint32_t hash);

   private:
    struct Slot {
      std::uint32_t hash = 0, round = 0;
    };
    std::vector<Slot> slots_;
    std::uint32_t round_ = 0;
  };

  void note_lines(const Source& source, NotedSource& noted, NotesData& notes);
  void note_links(const Source& source, NotedSource& noted, NotesData& notes, LinkTexts& texts) const;

  const Registry& registry_;
  Once once_;
};

}  // namespace cascade::route
