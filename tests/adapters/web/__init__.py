"""What the web page promises: to browsers with and without JavaScript, to keyboards, and to those who mean it harm."""
