#ifndef CKOALR_MICROHTTPD_H
#define CKOALR_MICROHTTPD_H

// The system's libmicrohttpd: libmicrohttpd-dev on Debian. Its start function takes any number of arguments, which Swift cannot
// call; everything else is called directly.
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdint.h>

struct koalr_http_limits {
  unsigned int threads;
  unsigned int connections;
  // Seconds without a byte before a connection is closed.
  unsigned int idle_seconds;
  // Bytes of one connection's request line and headers.
  size_t header_bytes;
};

static inline struct MHD_Daemon *koalr_http_start(
    const struct sockaddr_in *address, struct koalr_http_limits limits, MHD_AccessHandlerCallback handler,
    MHD_RequestCompletedCallback completed, void *context) {
  return MHD_start_daemon(
      MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD, ntohs(address->sin_port), NULL, NULL, handler, context,
      MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)address, MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      MHD_OPTION_THREAD_POOL_SIZE, limits.threads, MHD_OPTION_CONNECTION_LIMIT, limits.connections,
      MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.header_bytes,
      MHD_OPTION_END);
}

static inline uint16_t koalr_http_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

#endif
