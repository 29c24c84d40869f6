#include "cli/call.h"
#include "unicode/utf8.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace cascade::cli {

Log make_log() {
  return [logger = std::shared_ptr<spdlog::logger>()](LogLevel level, std::string_view text) mutable {
    if (level < LogLevel::warning) return;
    if (!logger) {
      logger = std::make_shared<spdlog::logger>("cascade", std::make_shared<spdlog::sinks::stderr_sink_st>());
      logger->set_pattern("%n: %l: %v");  // no time, because tests compare standard error
    }
    logger->log(spdlog::level::warn, unicode::displayable(text));
  };
}

}  // namespace cascade::cli
