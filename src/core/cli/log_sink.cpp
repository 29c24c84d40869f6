#include "cli/log_sink.h"

#include "unicode/utf8.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace cascade::cli {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
  }
  return spdlog::level::warn;
}

}  // namespace

Log make_log(LogLevel least) {
  return [least, logger = std::shared_ptr<spdlog::logger>()](LogLevel level, std::string_view text) mutable {
    if (level < least) return;
    if (!logger) {
      logger = std::make_shared<spdlog::logger>("cascade", std::make_shared<spdlog::sinks::stderr_sink_st>());
      logger->set_level(spdlog::level::debug);
      logger->set_pattern("%n: %l: %v");  // no time, because tests compare standard error
    }
    logger->log(level_of(level), unicode::displayable(text));
  };
}

}  // namespace cascade::cli
