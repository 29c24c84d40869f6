// Adjusts the records of one part to their place among those of all parts: offsets into text or related places count
// from the part's own, and are shifted by where the part ends up.
#pragma once

#include <cascade/registry.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "registry/records.h"

namespace cascade::registry {

// The amount by which offsets grow, modulo 2^32, so that it can also shrink them.
struct Shift {
  std::uint32_t text = 0, related = 0;
};

inline TextRef moved(TextRef ref, Shift by) noexcept {
  if (ref.length != 0) ref.offset += by.text;
  return ref;
}

inline PlaceRecord moved(PlaceRecord place, Shift by) noexcept {
  place.path = moved(place.path, by);
  return place;
}

inline SectionRecord moved(SectionRecord section, Shift by) noexcept {
  section.heading = moved(section.heading, by);
  section.path = moved(section.path, by);
  return section;
}

inline FieldRecord moved(FieldRecord field, Shift by) noexcept {
  return {moved(field.key, by), moved(field.value, by)};
}

inline ToolRecord moved(ToolRecord tool, Shift by) noexcept {
  return {moved(tool.server, by), moved(tool.tool, by), moved(tool.pattern, by)};
}

inline StepRecord moved(StepRecord step, Shift by) noexcept {
  for (TextRef* text : {&step.skill, &step.enter, &step.leave, &step.result}) *text = moved(*text, by);
  return step;
}

inline DiagnosticRecord moved(DiagnosticRecord d, Shift by) noexcept {
  d.at = moved(d.at, by);
  d.rule = moved(d.rule, by);
  d.message = moved(d.message, by);
  d.help = moved(d.help, by);
  d.fingerprint = moved(d.fingerprint, by);
  d.related.begin += by.related;
  return d;
}

inline RelatedRecord moved(RelatedRecord related, Shift by) noexcept {
  return {moved(related.at, by), moved(related.message, by)};
}

// A Link has padding: its members are written one by one over zeros, so that equal registries are equal bytes.
inline std::string packed(const std::vector<Link>& links) {
  std::string bytes(links.size() * sizeof(Link), '\0');
  char* at = bytes.data();
  for (const Link& link : links) {
    std::memcpy(at + offsetof(Link, from), &link.from, sizeof(link.from));
    std::memcpy(at + offsetof(Link, to), &link.to, sizeof(link.to));
    std::memcpy(at + offsetof(Link, strength), &link.strength, sizeof(link.strength));
    std::memcpy(at + offsetof(Link, via), &link.via, sizeof(link.via));
    std::memcpy(at + offsetof(Link, line), &link.line, sizeof(link.line));
    std::memcpy(at + offsetof(Link, column), &link.column, sizeof(link.column));
    at += sizeof(Link);
  }
  return bytes;
}

}  // namespace cascade::registry
