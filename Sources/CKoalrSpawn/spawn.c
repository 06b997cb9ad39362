int koalr_placeholder;
