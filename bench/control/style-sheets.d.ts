/** A style sheet that is imported for the bundler to find. */
declare module '*.css';
