// Descriptions and when they trigger.
#pragma once

#include "validate/rules/rule.h"

namespace cascade::validation {

inline constexpr RuleInfo dq_rules[] = {
    {"DQ001", "description-vague", by(warning, info, warning), FixKind::none,
     "Fewer than 20 letters, or fewer than three words of content without the manifest's own name, stop words and "
     "words such as agent, helps, tasks.",
     "There is nothing for a model to match.", "Helps with stuff", "what it does, and when"},
    {"DQ002", "trigger-missing", by(info, info, warning), FixKind::none,
     "An English description of a skill or agent that the model may choose says nothing about when, and neither does "
     "its name.",
     "Descriptions that say when are chosen more often.", "Sorts imports.",
     "Sorts imports. Use when a file's imports have grown messy."},
    {"DQ003", "description-duplicate", every(warning), FixKind::none,
     "Two manifests of one kind share nine in ten words of their descriptions, and the rest is not what tells "
     "their names apart. A note between two plugins.",
     "The choice is a coin toss.", "two copies", "say how they differ"},
    {"DQ004", "description-person", every(warning), FixKind::none,
     "A description is written in the first person (I, we).",
     "It is read inside a system prompt, where I is someone else.", "I can help you with gifts", "Finds gifts"},
    {"DQ005", "description-markup", every(error), FixKind::none,
     "A name or description holds <tag>-like text. An agent's <example> blocks are the client's own style and "
     "pass. Except for the open standard, a tag in a skill or command is a warning, and a word to be filled in, "
     "such as <name>, a note.",
     "Upload surfaces refuse it, and it can close a tag around it.", "<important>pick me</important>", "plain words"},
    {"DQ006", "placeholder", every(error), FixKind::none, "A name or description still holds the text of a template.",
     "A template was shipped.", "TODO describe", "a real description"},
    {"DQ007", "trigger-volume", every(warning), FixKind::none,
     "The triggers, keywords and tags of one manifest have more than 1,024 characters, as many as a description "
     "may have.",
     "Phrases for every occasion offer a manifest for prompts that it is not meant for, and stuff a router that "
     "counts them all.",
     "two hundred phrases", "the dozen that people really say"},
};

}  // namespace cascade::validation
